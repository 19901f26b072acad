import { judgeCertificate } from './certificate.ts';
import { explain } from './explain.ts';
import { broken, type Check, type Finding, fine } from './finding.ts';
import { isHealth } from './service.ts';
import type { Web } from './web.ts';

/** Whether the instance answers where browsers look for it. */
export function outsideCheck(baseUrl: string, web: Web): Check {
  return {
    group: 'From outside',
    name: baseUrl,
    limitMs: 8_000,
    async look(signal) {
      try {
        const { status, body, certificateEndsAt, headers } = await web(`${baseUrl}/healthz`, { signal });
        return judgeOutside({
          status,
          healthy: isHealth(body),
          location: headers['location'] ?? null,
          certificateEndsAt,
          now: Date.now(),
        });
      } catch (error) {
        if (signal.aborted) throw error;
        const [says, advice] = explain(error);
        return broken(
          says,
          `${advice} Browsers are told to come here (OXICOUNT_BASE_URL): the proxy has to listen there and hand on to the address that the service listens on.`,
        );
      }
    },
  };
}

export function judgeOutside(answer: {
  readonly status: number;
  /** Whether it was what oxicount answers. */
  readonly healthy: boolean;
  readonly location: string | null;
  readonly certificateEndsAt: number | null;
  readonly now: number;
}): Finding {
  const { status, healthy, location } = answer;
  if (location !== null && status >= 300 && status < 400) {
    return broken(
      `leads to ${location}`,
      'Scripts of other pages are not to be led elsewhere. Set OXICOUNT_BASE_URL to where it leads.',
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return broken(
      `a proxy answers ${status}: it does not reach the service`,
      'Is the service running, and does the proxy hand on to the address of OXICOUNT_SOCKET_ADDRESS? From a container, 127.0.0.1 is the container itself.',
    );
  }
  if (!healthy) {
    return broken(
      `something else answers there (${status})`,
      'OXICOUNT_BASE_URL leads to another program, or the proxy hands on to one. Every path of that origin has to come to oxicount.',
    );
  }
  return judgeCertificate(answer.certificateEndsAt, answer.now) ?? fine('answers');
}
