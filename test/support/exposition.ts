/** A family of metrics as a scrape tells of it. */
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`, 'i');
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads the text format of Prometheus, version 0.0.4, strictly: each family once, with its help and type before its
 * samples, no sample twice, and histograms that add up.
 */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let current: [name: string, family: { type: string; help: string; samples: Sample[] }] | undefined;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      if (families.has(name)) throw new Error(`${name} is there twice`);
      current = [name, { type: '', help: rest, samples: [] }];
      families.set(...current);
    } else if (kind === 'TYPE') {
      if (current?.[0] !== name || !/^(counter|gauge|histogram|summary)$/.test(rest)) throw new Error(line);
      current[1].type = rest;
    } else {
      const sample = readSample(line);
      const [family = '', { type = '', samples = [] } = {}] = current ?? [];
      const ending = sample.name.startsWith(family) ? sample.name.slice(family.length) : null;
      if (ending === null || !(ENDINGS[type] ?? ['']).includes(ending)) throw new Error(`astray: ${line}`);
      const key = line.slice(0, line.lastIndexOf(' '));
      if (seen.has(key)) throw new Error(`twice: ${key}`);
      seen.add(key);
      samples.push(sample);
    }
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family);
  return families;
}

function readSample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const read: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labels.length) {
    const [, label = '', written = ''] = LABEL.exec(labels) ?? [];
    if (label === '' || label in read) throw new Error(`labels: ${line}`);
    read[label] = written;
  }
  return { name, labels: read, value: Number(value.replace('Inf', 'Infinity')) };
}

function checkHistogram(name: string, { samples }: Family): void {
  const last = new Map<string, number>();
  for (const { name: sample, labels, value } of samples) {
    const { le, ...series } = labels;
    const key = JSON.stringify(series);
    if (sample.endsWith('_bucket')) {
      if (le === undefined || value < (last.get(key) ?? 0))
        throw new Error(`${name} has a bucket that falls`);
      last.set(key, value);
    } else if (sample.endsWith('_count') && value !== last.get(key)) {
      throw new Error(`${name} does not add up`);
    }
  }
}

/** The value of a sample with these labels, and perhaps others; the sum of several, 0 where there is none. */
export function sumOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return [...families.values()]
    .flatMap(({ samples }) => samples)
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
