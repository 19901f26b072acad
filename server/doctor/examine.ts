import { explain } from './explain.ts';
import { broken, type Check, type Finding, type Found } from './finding.ts';

/**
 * Does all checks at once. What fails or takes too long is a finding like any other, so that nothing is thrown and
 * nothing hangs.
 * @returns the findings, in the order of the checks
 */
export async function examine(checks: readonly Check[]): Promise<readonly Found[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await inTime(check);
      return findings.map((finding) => ({ group: check.group, name: check.name, ...finding }));
    }),
  );
  return found.flat();
}

async function inTime(check: Check): Promise<readonly Finding[]> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(
        broken(
          `no answer within ${check.limitMs / 1000} s`,
          'What is asked here takes too long or says nothing at all. Is it overloaded, or does a firewall drop what is sent to it?',
        ),
      );
      ending.abort();
    }, check.limitMs);
  });
  try {
    return [await Promise.race([over, check.look(ending.signal)])].flat();
  } catch (error) {
    return [broken(...explain(error))];
  } finally {
    clearTimeout(timer);
  }
}
