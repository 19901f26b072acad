import { normalisePath } from '../domain/path.ts';
import type { OriginProbe, ProbeOutcome } from '../domain/ports.ts';

const TIMEOUT_MS = 5_000;
const MAX_REDIRECTS = 3;
const USER_AGENT = 'oxicount (page validation)';

/**
 * Asks a site over HTTP whether it has a page. The request never leaves the origin: a redirect is followed only
 * where it leads to the same page (to its trailing slash, say); one that leads anywhere else means that the path is
 * no page. Bodies are not read, so their size does not matter; headers are bounded by Node (16 KiB).
 */
export function createOriginProbe(options: { readonly timeoutMs?: number } = {}): OriginProbe {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;

  return async (origin, path) => {
    const page = normalisePath(path).page;
    const signal = AbortSignal.timeout(timeoutMs);
    let url: URL | null = within(origin, new URL(origin + path));
    try {
      for (let requests = 0; url && requests <= MAX_REDIRECTS; requests += 1) {
        const { status, location } = await ask(url, signal);
        if (location === null) return outcomeOf(status);
        url = redirectTarget(origin, page, location, url);
      }
      return 'missing';
    } catch {
      return 'unreachable';
    }
  };
}

async function ask(url: URL, signal: AbortSignal): Promise<{ status: number; location: string | null }> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal,
    headers: { 'user-agent': USER_AGENT, accept: 'text/html,*/*;q=0.8' },
  });
  await response.body?.cancel();
  const redirected = response.status >= 300 && response.status < 400;
  return { status: response.status, location: redirected ? response.headers.get('location') : null };
}

function redirectTarget(origin: string, page: string, location: string, from: URL): URL | null {
  if (!URL.canParse(location, from.href)) return null;
  const target = within(origin, new URL(location, from));
  if (!target) return null;
  try {
    return normalisePath(target.pathname).page === page ? target : null;
  } catch {
    return null;
  }
}

/** The last line of defence: whatever was put together, it must be of the origin and nothing but a path. */
function within(origin: string, url: URL): URL | null {
  return url.origin === origin && url.username === '' && url.password === '' ? url : null;
}

function outcomeOf(status: number): ProbeOutcome {
  if (status >= 200 && status < 300) return 'exists';
  return status >= 500 || status === 429 ? 'unreachable' : 'missing';
}
