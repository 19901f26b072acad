// npm run bench [-- NAME ...] [--json] [--write] [--large] [--runs N] [--seconds N]: what users feel, against the
// physical limit in the same run. Without names, all of them. `--json` prints one object; `--write` puts the tables
// into server/docs/benchmarks.md; `--large` asks questions of 10,000,000 visits too.
import { parseArgs } from 'node:util';
import { machine } from './parts/machine.mjs';
import { writeTables } from './parts/write.mjs';

const NAMES = ['ingest', 'query', 'live', 'start', 'size', 'scale'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
  },
});
const unknown = positionals.find((name) => !NAMES.includes(name));
if (unknown) {
  process.stderr.write(`There is no benchmark ${JSON.stringify(unknown)}: there are ${NAMES.join(', ')}.\n`);
  process.exit(1);
}
const options = { runs: Number(values.runs), seconds: Number(values.seconds), large: values.large };

const results = {};
const tables = {};
for (const name of positionals.length > 0 ? positionals : NAMES) {
  const figure = await import(`./figures/${name}.mjs`);
  results[name] = await figure.measure(options);
  tables[name] = figure.print(results[name]);
  if (!values.json) process.stdout.write(`${name}\n\n${tables[name]}\n\n`);
  for (const mistake of figure.mistakes?.(results[name]) ?? []) {
    process.stderr.write(`${name}: ${mistake}\n`);
    process.exitCode = 1;
  }
}
if (values.json) process.stdout.write(`${JSON.stringify({ machine: await machine(), ...results })}\n`);
if (values.write) writeTables({ ...tables, machine: await machine() });
