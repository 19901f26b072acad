import { broken, type Check, type Finding, fine } from './finding.ts';

/**
 * Whether this is a Node that the program is made for.
 * @param wanted as `engines` of package.json has it: alternatives such as `^20.19.0` and `>=24.0.0`
 */
export function nodeCheck(version: string, wanted: string): Check {
  return {
    group: 'This machine',
    name: 'Node',
    limitMs: 1_000,
    look: async () => judgeNode(version, wanted),
  };
}

export function judgeNode(version: string, wanted: string): Finding {
  const found = partsOf(version);
  const supported = wanted.split('||').some((alternative) => {
    const least = partsOf(alternative);
    const exact = alternative.trim().startsWith('^');
    return compare(found, least) >= 0 && (!exact || found[0] === least[0]);
  });
  if (supported) return fine(version);
  return broken(
    `${version} is none that this program is tested with`,
    `Install one of ${wanted.replaceAll('||', 'or')}.`,
  );
}

function partsOf(text: string): readonly number[] {
  return (/(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
