import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { commandsOf, runInShell } from '../support/documented-commands.ts';
import { createMachine, type Machine, machineAbsence } from '../support/machine.ts';
import { freePort, listens } from '../support/own-programs.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(join(checkout, 'server/docs/operating.md'), 'utf8');
const absence = machineAbsence();

/** What cannot be run here stands there as a program that notes that it was called; why, says its comment. */
const STAND_INS = {
  // These fetch packages of the system from the Internet.
  'apt-get': '',
  curl: 'case "$*" in *nodesource*) echo true > /tmp/setup-node.sh;; *) exec /usr/bin/curl "$@";; esac',
  // What it does is held to the same lines of the Dockerfile, in a test of its own.
  npm: '',
  // There is no engine for containers here.
  docker: '',
  // There is no systemd: units are checked, and the test runs their command lines.
  systemctl: `
for unit in "$@"; do
  file=/etc/systemd/system/$(basename "$unit" .service).service
  if [ -f "$file" ]; then systemd-analyze verify "$file"; fi
done
if [ "$*" = 'start oxicount-backup.service' ]; then
  cd /var/lib/oxicount
  sed -n 's/^ExecStart=//p' "$file" > /tmp/lines
  export OXICOUNT_CONFIG_FILE=/etc/oxicount/oxicount.toml
  setpriv --reuid oxicount --regid oxicount --clear-groups sh -eu /tmp/lines
fi`,
  journalctl: '',
};

test.skipIf(absence !== null)(
  'the guide leads from an empty machine to an instance, and back',
  async () => {
    const machine = createMachine();
    const port = await freePort();
    const run = await prepare(machine, port);
    const left = commandsOf(guide);
    const upTo = async (heading: string) => {
      while (left[0] && left[0].heading !== heading) {
        const [{ text, line }] = left.splice(0, 1) as [(typeof left)[number]];
        expect([line, text, await run(text)]).toEqual([line, text, { exit: 0, output: expect.any(String) }]);
      }
    };
    await upTo('HTTPS');
    const stop = startUnit(machine);
    await listens(port);
    await upTo('Remove it');
    expect(existsSync(join(machine.root, 'var/lib/oxicount/oxicount.db'))).toBe(true);
    const backups = await run('ls /var/lib/oxicount/backups');
    expect(backups.output).toMatch(/^oxicount-\S+\.db$/m);
    // The machine is then as it was, but for the figures.
    await stop();
    await upTo('');
    expect(existsSync(join(machine.root, 'opt/oxicount'))).toBe(false);
    expect(existsSync(join(machine.root, 'etc/oxicount'))).toBe(false);
  },
  120_000,
);

/** Puts a checkout that is installed and built where the guide wants it, and stand-ins before the other programs. */
async function prepare({ root, under }: Machine, port: number) {
  const home = join(root, 'opt/oxicount');
  for (const name of ['dist', 'deploy', 'docs', 'package.json']) {
    cpSync(join(checkout, 'server', name), join(home, 'server', name), { recursive: true });
  }
  symlinkSync(join(checkout, 'node_modules'), join(home, 'node_modules'));
  const config = join(home, 'server/deploy/oxicount.toml');
  writeFileSync(config, `socket_address = "127.0.0.1:${port}"\n${readFileSync(config, 'utf8')}`);
  mkdirSync(join(root, 'stand-ins'));
  for (const [name, body] of Object.entries(STAND_INS)) {
    writeFileSync(join(root, 'stand-ins', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  // A certificate that certbot would have got, and a proxy that finds its folders.
  const certificates = '/etc/letsencrypt/live/count.example';
  const env = { PATH: `/stand-ins:${process.env['PATH']}:/usr/sbin:/sbin`, HOME: '/root' };
  const run = (text: string) =>
    runInShell(text.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`), { cwd: '/', env, under });
  // Whoever may not look into the folders above the checkout may there.
  await run(
    `d=${checkout}; while [ "$d" != / ]; do chmod a+rx "$d"; d=$(dirname "$d"); done; mkdir -p ${certificates} && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=count.example ` +
      `-keyout ${certificates}/privkey.pem -out ${certificates}/fullchain.pem`,
  );
  return run;
}

/** Does what systemd does with the unit: makes its folder, and runs its command as its user. */
function startUnit({ root, under }: Machine): () => Promise<void> {
  const unit = readFileSync(join(root, 'etc/systemd/system/oxicount.service'), 'utf8');
  const of = (key: string) => unit.match(new RegExp(`(?<=^${key}=).+$`, 'gm')) ?? [];
  const [user = ''] = of('User');
  const [folder = ''] = of('WorkingDirectory');
  const prepared = spawnSync(under[0] ?? '', [
    ...under.slice(1),
    ...['install', '-d', '-m', '700', '-o', user, '-g', user, folder, `${folder}/backups`],
  ]);
  expect(String(prepared.stderr)).toBe('');
  const program = spawn(
    under[0] ?? '',
    [
      ...under.slice(1),
      ...['setpriv', '--reuid', user, '--regid', user, '--clear-groups'],
      ...['env', '--chdir', folder, '-i', 'PATH=/usr/bin:/bin', ...of('Environment')],
      ...(of('ExecStart')[0] ?? '').split(' '),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise((resolve) => program.on('close', resolve));
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
  };
  onTestFinished(stop);
  return stop;
}
