import { broken, type Finding } from './finding.ts';

/** A policy by its directives, in lower case. */
type Policy = ReadonlyMap<string, readonly string[]>;

/** The content security policies of a page: those of its headers, and those in it. All of them hold. */
export function policiesOf(headers: Readonly<Record<string, string>>, html: string): readonly Policy[] {
  const written = (headers['content-security-policy'] ?? '').split(',');
  for (const [tag] of html.matchAll(
    /<meta\b[^>]*http-equiv\s*=\s*["']?content-security-policy["']?[^>]*>/gi,
  )) {
    written.push(
      /content\s*=\s*"([^"]*)"/i.exec(tag)?.[1] ?? /content\s*=\s*'([^']*)'/i.exec(tag)?.[1] ?? '',
    );
  }
  return written.filter((policy) => policy.trim() !== '').map(parse);
}

function parse(written: string): Policy {
  const directives = new Map<string, readonly string[]>();
  for (const directive of written.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    // The first of a name holds.
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** Whether a page lets the script load and report. */
export function judgePolicy(
  policies: readonly Policy[],
  {
    page,
    baseUrl,
    nonce,
  }: { readonly page: string; readonly baseUrl: string; readonly nonce: string | null },
): readonly Finding[] {
  const found: Finding[] = [];
  const origin = new URL(baseUrl).origin;
  const scripts = policies.map((policy) => holding(policy, ['script-src-elem', 'script-src', 'default-src']));
  const stopping = scripts.find(
    (one) => one && !allowsScript(one.sources, { page, url: `${baseUrl}/count.js`, nonce }),
  );
  if (stopping) {
    found.push(
      broken(
        `the content security policy (${stopping.name}) does not let count.js load`,
        stopping.sources.includes("'strict-dynamic'")
          ? "With 'strict-dynamic' addresses do not count: give the snippet the nonce of the page, as its other scripts have it."
          : `Add ${origin} to ${stopping.name === 'default-src' ? 'a script-src, beside what default-src has' : stopping.name}.`,
      ),
    );
  }
  const connecting = policies
    .map((policy) => holding(policy, ['connect-src', 'default-src']))
    .find((one) => one && !allows(one.sources, page, `${baseUrl}/register`));
  if (connecting) {
    found.push(
      broken(
        `the content security policy (${connecting.name}) does not let count.js report`,
        `Add ${origin} to ${connecting.name === 'default-src' ? 'a connect-src, beside what default-src has' : connecting.name}.`,
      ),
    );
  }
  return found;
}

function holding(policy: Policy, names: readonly string[]) {
  const name = names.find((one) => policy.has(one));
  return name === undefined ? null : { name, sources: policy.get(name) ?? [] };
}

function allowsScript(
  sources: readonly string[],
  { page, url, nonce }: { readonly page: string; readonly url: string; readonly nonce: string | null },
): boolean {
  if (nonce !== null && nonce !== '' && sources.includes(`'nonce-${nonce}'`)) return true;
  return !sources.includes("'strict-dynamic'") && allows(sources, page, url);
}

/** Whether one of the sources matches, as the specification of CSP 3 has it. */
function allows(sources: readonly string[], page: string, url: string): boolean {
  const target = new URL(url);
  return sources.some((source) => {
    const written = source.toLowerCase();
    if (written === '*') return true;
    if (written === "'self'") return target.origin === new URL(page).origin;
    if (/^[a-z][a-z0-9+.-]*:$/.test(written)) return sameScheme(written.slice(0, -1), target);
    const [, scheme, host = '', port, path] =
      /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*\.[^/:]+|\*|[^/:]+)(?::(\d+|\*))?(\/[^?#]*)?$/.exec(written) ?? [];
    if (host === '') return false;
    return (
      sameScheme(scheme ?? new URL(page).protocol.slice(0, -1), target) &&
      sameHost(host, target.hostname) &&
      samePort(port, target) &&
      samePath(path, target.pathname.toLowerCase())
    );
  });
}

/** What is written with http holds for https, too. */
function sameScheme(scheme: string, { protocol }: URL): boolean {
  return protocol === `${scheme}:` || (scheme === 'http' && protocol === 'https:');
}

function sameHost(written: string, host: string): boolean {
  if (written === '*') return true;
  return written.startsWith('*.') ? host.endsWith(written.slice(1)) : host === written;
}

function samePort(written: string | undefined, { port }: URL): boolean {
  return written === '*' || (written ?? '').replace(/^(80|443)$/, '') === port;
}

function samePath(written: string | undefined, path: string): boolean {
  if (written === undefined || written === '/') return true;
  return written.endsWith('/') ? path.startsWith(written) : path === written;
}
