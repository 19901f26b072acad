import { readFileSync } from 'node:fs';

/** The first example in a language that the SDK's README gives, for the instance at an address. */
export function readmeExample(language: string, url: string): string {
  const readme = readFileSync(new URL('../../../sdk/README.md', import.meta.url), 'utf8');
  const code = readme.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  if (code === undefined) throw new Error(`The README has no example in ${language}.`);
  return code.replaceAll('https://stats.example.org', url);
}
