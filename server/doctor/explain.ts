/** What failed, in words, and what to do about it. Takes no secret from where there may be one. */
export function explain(error: unknown): [says: string, advice: string] {
  const code = codeOf(error);
  const [says, advice] = KNOWN[code] ?? [
    messageOf(error),
    'This was not foreseen. If it stays, report it with this line.',
  ];
  return [says, advice];
}

/** The code of an error, or of what caused it; empty where it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  // Of several addresses that were tried, one says as much as all.
  if (Array.isArray(errors)) return codeOf(errors[0]);
  return codeOf(cause);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ''] = message.split('\n');
  // A login, as URLs hold it.
  return first.replace(/\/\/[^/@\s]*@/g, '//(hidden)@') || 'it failed without a word';
}

const FOLDER_RIGHTS =
  'The user that runs oxicount has to be able to read and write the file, and its folder, where journals come and go. Run the doctor as that user.';
const LOGIN = 'Check user and password of OXICOUNT_DATABASE_URL, and pg_hba.conf of the server.';
const CHAIN =
  'Have the server send its whole chain: the certificate and those of the authorities between. Let the proxy or certbot renew it.';

const KNOWN: Readonly<Record<string, readonly [says: string, advice: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'Is the server running, and is this its address and port?'],
  ECONNRESET: [
    'the connection was broken off',
    'Something between closes connections: look into the log of the server or the proxy.',
  ],
  ENOTFOUND: [
    'the name is not known to the DNS',
    'Is the name written right, and does it resolve on this machine (`getent hosts NAME`)?',
  ],
  EAI_AGAIN: [
    'the DNS does not answer',
    'Look at /etc/resolv.conf and whether this machine, or this container, reaches its name server.',
  ],
  ETIMEDOUT: [
    'it does not answer',
    'Is there a firewall between that drops what is sent, or is it overloaded?',
  ],
  EHOSTUNREACH: [
    'there is no way to it',
    'Look at the network of this machine: routes, VPN, container networks.',
  ],
  ENETUNREACH: [
    'there is no way to it',
    'Look at the network of this machine: routes, VPN, container networks.',
  ],
  EACCES: ['this user may not do that', FOLDER_RIGHTS],
  EPROTO: ['it does not speak TLS there', 'Is it http:// and not https://, or the wrong port?'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'it does not speak TLS there',
    'Is it http:// and not https://, or the wrong port?',
  ],
  CERT_HAS_EXPIRED: [
    'its certificate has expired',
    'Renew it, and find out why that did not happen by itself (`certbot renew --dry-run`).',
  ],
  CERT_NOT_YET_VALID: [
    'its certificate is not valid yet',
    'Mostly it is the clock of this machine that is wrong: look at it first.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'its certificate is signed by nobody but itself',
    'Browsers refuse it. Get one from an authority, such as Let’s Encrypt; or where the site has an internal one, name its authority in NODE_EXTRA_CA_CERTS.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'its certificate comes from an authority that this machine does not know',
    'Where the authority is your own, name its certificate in NODE_EXTRA_CA_CERTS for oxicount.',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['the chain of its certificate is not complete', CHAIN],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['the chain of its certificate is not complete', CHAIN],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for other names',
    'Get a certificate that has this name, or ask under a name that it has.',
  ],
  '3D000': ['the server has no such database', 'Create it first, with `createdb` for example.'],
  '28P01': ['user or password are wrong', LOGIN],
  '28000': ['the server does not let this user in', LOGIN],
  '53300': [
    'the server has no connection left',
    'Raise max_connections, use fewer workers, or put pgbouncer in between.',
  ],
  '57P03': [
    'the server is starting or stopping',
    'Wait a moment, and look into its log where that does not end.',
  ],
  '57014': [
    'the question was given up, it took too long',
    'The server is overloaded, or something holds a lock: look at pg_stat_activity.',
  ],
  '42501': [
    'this user may not read that',
    'Grant it the tables of oxicount: they should belong to the user of OXICOUNT_DATABASE_URL.',
  ],
  SQLITE_CANTOPEN: ['the file cannot be opened', FOLDER_RIGHTS],
  SQLITE_READONLY: ['the file cannot be written', FOLDER_RIGHTS],
  SQLITE_NOTADB: [
    'the file is no database',
    'It is something else, or its beginning is damaged. Name another one in OXICOUNT_DATABASE_URL, or put a back-up in its place with `oxicount restore`.',
  ],
  SQLITE_CORRUPT: [
    'the file is damaged',
    'Stop the service, keep a copy of the file, and put a back-up in its place with `oxicount restore`.',
  ],
  SQLITE_BUSY: ['another program keeps the file to itself', 'End that program, or wait until it is done.'],
  SQLITE_IOERR: [
    'the disk could not be read',
    'Look at the log of the system (`dmesg`) and at the health of the disk.',
  ],
  WRONGPASS: ['user or password are wrong', 'Check those of OXICOUNT_REDIS_URL.'],
  NOAUTH: ['it wants a password', 'Put it into OXICOUNT_REDIS_URL: redis://:password@host:6379/0.'],
};
