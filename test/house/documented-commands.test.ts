import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { commandsOf, runInShell } from '../support/documented-commands.ts';

const PAGE = `# A page

Text, and \`npm start\` in a line.

## Start

    npm start

makes it. Later:

    TOKEN=$(oxicount token create me)
    curl -H "Authorization: Bearer $TOKEN" https://count.example

    # and then
    oxicount site list

## Write

    base_url = "https://count.example"

\`\`\`ts
npm('no command');
\`\`\`

~~~sh
anything --at all
~~~
`;

test('commands of a page are told from its other code', () => {
  expect(commandsOf(PAGE)).toEqual([
    { heading: 'Start', line: 7, text: 'npm start' },
    {
      heading: 'Start',
      line: 11,
      text:
        'TOKEN=$(oxicount token create me)\ncurl -H "Authorization: Bearer $TOKEN" https://count.example\n\n' +
        '# and then\noxicount site list',
    },
    { heading: 'Write', line: 26, text: 'anything --at all' },
  ]);
});

test.each([
  ['npm start', true],
  ['A=b C="d e" npm start', true],
  ['TOKEN="$(oxicount token create me)"', true],
  ['GET /api/count', false],
  ['npmrc = 1', false],
  ['<script src="npm"></script>', false],
])('%s is a command: %s', (text, is) => {
  expect(commandsOf(`\n    ${text}\n`)).toHaveLength(is ? 1 : 0);
});

test('a script ends with the first command that fails', async () => {
  const options = { cwd: tmpdir(), env: { PATH: process.env['PATH'], NAME: 'reader' } };
  expect(await runInShell('echo $NAME\nfalse | true\necho more', options)).toEqual({
    exit: 1,
    output: 'reader\n',
  });
  expect(await runInShell('sleep 60 &\necho $NAME', options)).toEqual({ exit: 0, output: 'reader\n' });
});
