import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../../../web-components/README.md', import.meta.url), 'utf8');

/** Examples of a section of the elements' README in a language, with another instance in place of the one they name. */
export function examplesOf(title: string, language: string, instance = 'https://count.example'): string[] {
  const section = readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const codes = [...section.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]+?)\`\`\``, 'g'))];
  return codes.map(([, code = '']) => code.replaceAll('https://count.example', instance));
}
