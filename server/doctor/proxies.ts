import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import type { Web } from './web.ts';

/** An address that nobody has (RFC 5737): what is said to come from it was made up, by this check. */
const MADE_UP = '192.0.2.1';
const NAMES: Readonly<Record<string, string>> = {
  loopback: 'loopback',
  'link-local': 'linklocal',
  private: 'uniquelocal',
};

/** What the service says of how a request arrived, and what the one who asked knows of it. */
export interface Arrived {
  readonly peer: string;
  readonly peerTrusted: boolean;
  readonly forwarded: readonly string[];
  readonly reader: number;
  readonly unread: readonly string[];
  /** Whether the peer was the one who asked: then there is no proxy. */
  readonly direct: boolean;
}

/** What became of the question. */
export type Asked =
  | { readonly kind: 'told'; readonly instance: string; readonly arrival: Arrived }
  | { readonly kind: 'refused'; readonly status: number };

/** Whether `trusted_proxies` is right, as a request through `base_url` shows that says to come from somebody else. */
export function proxiesCheck(world: {
  readonly baseUrl: string;
  readonly web: Web;
  /** Null where the secrets of the instance cannot be read. */
  readonly proof: () => Promise<{ readonly proof: string; readonly instance: string } | null>;
}): Check {
  return {
    group: 'From outside',
    name: 'proxies',
    limitMs: 8_000,
    async look(signal) {
      const own = await world.proof();
      if (own === null) {
        return unknown(
          'not asked, since the secrets of the instance could not be read',
          'The service tells it to whoever can read its database, or sends a token: curl -H "Authorization: Bearer TOKEN" BASE_URL/arrival.',
        );
      }
      const answer = await world
        .web(`${world.baseUrl}/arrival`, {
          signal,
          headers: { 'oxicount-proof': own.proof, 'x-forwarded-for': MADE_UP },
        })
        .catch(() => null);
      if (answer === null) return unknown('not asked, since nothing answers there');
      return judgeProxies(readAnswer(answer), own.instance);
    },
  };
}

function readAnswer({ status, body, localPort }: Awaited<ReturnType<Web>>): Asked {
  try {
    const { instance, peerPort, ...arrival } = JSON.parse(body);
    if (status !== 200 || typeof instance !== 'string' || !Array.isArray(arrival.forwarded))
      throw new TypeError();
    return { kind: 'told', instance, arrival: { ...arrival, direct: peerPort === localPort } };
  } catch {
    return { kind: 'refused', status };
  }
}

export function judgeProxies(asked: Asked, instance: string): Finding {
  if (asked.kind === 'refused') {
    if (asked.status === 403 || asked.status === 401) {
      return broken(
        'another instance answers there, with secrets of its own',
        'OXICOUNT_BASE_URL or the proxy leads to another database than the one of this configuration. Where it is the same, the clocks are more than ten minutes apart, or the service was started with another `secret`.',
      );
    }
    return unknown(
      `the service does not tell (${asked.status})`,
      'An earlier version runs there, or the proxy does not hand on /arrival.',
    );
  }
  if (asked.instance !== instance) {
    return broken(
      'another instance answers there',
      'OXICOUNT_BASE_URL or the proxy leads to another database than the one of this configuration.',
    );
  }
  return judgeArrival(asked.arrival);
}

export function judgeArrival({ peer, peerTrusted, forwarded, reader, unread, direct }: Arrived): Finding {
  const last = forwarded.at(-1);
  const madeUpAt = forwarded.indexOf('documentation');
  if (direct)
    return fine(
      'there is none between here and the service. Run the doctor elsewhere to see how others come',
    );
  if (!peerTrusted) {
    const name = NAMES[peer];
    if (name === undefined && forwarded.length <= 1 && unread.length === 0) {
      return unknown(
        'there seems to be none',
        'Where there is one, it does not say whom it asks for: have it append to X-Forwarded-For, and put its address into trusted_proxies.',
      );
    }
    return broken(
      `requests come from a proxy at a ${peer} address, which trusted_proxies does not have`,
      `All readers are taken for that proxy: their countries are its own, and those with one browser are one visitor. Set OXICOUNT_TRUSTED_PROXIES=${name ?? 'to the address of the proxy'}.`,
    );
  }
  if (forwarded.length === 0) {
    return broken(
      'the proxy does not say whom it asks for',
      `All readers are taken for the proxy. Have it send X-Forwarded-For: in nginx \`proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\`, in HAProxy \`option forwardfor\`; Caddy and Traefik do.${unread.length > 0 ? ` ${unread.join(', ')} is not read.` : ''}`,
    );
  }
  if (last === 'documentation') {
    return broken(
      'the proxy hands on what readers say of themselves',
      'It does not add to X-Forwarded-For, so anybody can pass for anybody: count as many visitors, and vote as often, as they like. In nginx `proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`, in HAProxy `option forwardfor`.',
    );
  }
  if (madeUpAt >= 0 && reader > madeUpAt + 1) {
    return warning(
      `of ${forwarded.length - madeUpAt - 1} proxies in a row one is not in trusted_proxies`,
      `Readers are taken for a proxy at a ${forwarded[reader]} address. Put the addresses of all of them into OXICOUNT_TRUSTED_PROXIES; those of a content delivery network are published by it.`,
    );
  }
  return fine(
    `believed, and readers are told apart${reader >= 0 ? ` (this request is taken to come from a ${reader === madeUpAt ? 'trusted proxy itself' : `${forwarded[reader]} address`})` : ''}`,
  );
}
