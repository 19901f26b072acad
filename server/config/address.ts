import { isIPv4, isIPv6 } from 'node:net';
import { originRule } from '../domain/site-rules.ts';
import { ruled, type Shape, text } from './shape.ts';

/** Where the program listens. */
export interface SocketAddress {
  /** Host name, IPv4 or IPv6 address, the last without brackets. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Where programs on this machine reach what listens there. */
export function localOrigin({ host, port }: SocketAddress): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export const socketAddress: Shape<SocketAddress> = text(
  'an address and a port such as 127.0.0.1:8080 or [::1]:8080',
  (given) => {
    const match = /^(?:\[([^[\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(given);
    const port = Number(match?.[3]);
    if (!match || port > 65_535) return undefined;
    const [, bracketed, plain = ''] = match;
    if (bracketed !== undefined) return isIPv6(bracketed) ? { host: bracketed, port } : undefined;
    return isIPv4(plain) || isHostName(plain) ? { host: plain, port } : undefined;
  },
);

/** The host of a database: a name, an address with or without brackets, or the directory of a Unix socket. */
export const databaseHost: Shape<string> = text(
  'a host name, an address, or the absolute path of the directory of a Unix socket',
  (given) => {
    if (!given.isWellFormed() || /[\s\p{Cc}]/u.test(given)) return undefined;
    if (given.startsWith('/')) return given;
    const address = given.replace(/^\[(.*)\]$/, '$1');
    if (isIPv6(address)) return address;
    return isIPv4(given) || isHostName(given) ? given : undefined;
  },
);

/** Below one of these it could not be told whether a proxy took the path of the instance away, or passed it on. */
const OWN_FOLDERS = ['api', 'demo', 'page-left', 'post-sleep'] as const;

export const origin: Shape<string> = ruled(originRule);

/** Where browsers reach the instance: an origin, or one and a path, without a slash at the end. */
export const baseUrl: Shape<string> = text(
  'a scheme and a host, such as https://example.com, and where the instance is below a path of letters, digits and ' +
    '- . _ ~ that too, such as https://example.com/count, which does not begin with ' +
    OWN_FOLDERS.map((folder) => `/${folder}`).join(' or '),
  (given) => {
    const [, host = '', path = ''] = /^(https?:\/\/[^/]+)((?:\/[\w.~-]+)*)\/?$/i.exec(given) ?? [];
    const segments = path.split('/').slice(1);
    const ambiguous = OWN_FOLDERS.some((folder) => folder === segments[0]);
    if (ambiguous || segments.some((segment) => /^\.+$/.test(segment))) return undefined;
    const found = originRule.read(host);
    return found && found + path;
  },
);

function isHostName(given: string): boolean {
  const labels = given.split('.');
  const wellFormed = labels.every((label) => /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/i.test(label));
  // 127.0.0.300 is a mistyped address, not a name.
  return wellFormed && given.length <= 253 && !/^\d+$/.test(labels.at(-1) ?? '');
}
