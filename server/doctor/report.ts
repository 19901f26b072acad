import { styleText } from 'node:util';
import type { Found, Level } from './finding.ts';

const WIDTH = 100;
const SIGNS: Readonly<
  Record<
    Level,
    { readonly sign: string; readonly plain: string; readonly color: 'green' | 'yellow' | 'red' | 'gray' }
  >
> = {
  fine: { sign: '✓', plain: 'ok', color: 'green' },
  warning: { sign: '!', plain: '!!', color: 'yellow' },
  broken: { sign: '✗', plain: 'XX', color: 'red' },
  unknown: { sign: '-', plain: '--', color: 'gray' },
};

/** How all of it is: what is warned of works, and what could not be found out is no fault. */
export function verdictOf(found: readonly Found[]): 'fine' | 'warning' | 'broken' {
  if (found.some(({ level }) => level === 'broken')) return 'broken';
  return found.some(({ level }) => level === 'warning') ? 'warning' : 'fine';
}

/**
 * The findings for a person: a line each under its heading, and what to do below.
 * @param rich with signs and colours of a terminal; else in ASCII, whatever the findings say
 */
export function formatReport(found: readonly Found[], rich: boolean): string {
  const lines: string[] = [];
  for (const group of new Set(found.map((one) => one.group))) {
    lines.push('', rich ? styleText('bold', group) : group);
    for (const one of found) if (one.group === group) lines.push(...linesOf(one, rich));
  }
  lines.push('', summary(found), '');
  const text = lines.slice(1).join('\n');
  return rich ? text : toAscii(text);
}

function linesOf({ level, name, says, advice }: Found, rich: boolean): string[] {
  const { sign, plain, color } = SIGNS[level];
  const line = `  ${rich ? styleText(color, sign) : plain} ${name}: ${says}`;
  return advice === null ? [line] : [line, ...wrap(advice).map((part) => `      ${part}`)];
}

function summary(found: readonly Found[]): string {
  const of = (level: Level) => found.filter((one) => one.level === level).length;
  const parts = [
    count(of('broken'), 'is broken', 'are broken'),
    count(of('warning'), 'is worth a look', 'are worth a look'),
    count(of('unknown'), 'could not be found out', 'could not be found out'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Everything is fine.' : `Of ${found.length} findings ${parts.join(', ')}.`;
}

function count(number: number, one: string, several: string): string | null {
  return number === 0 ? null : `${number} ${number === 1 ? one : several}`;
}

function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Typographic marks as ASCII has them; what else there is, as in the name of a folder, as escapes. */
function toAscii(text: string): string {
  return text
    .replaceAll('’', "'")
    .replace(/[^\n\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
