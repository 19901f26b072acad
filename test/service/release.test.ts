import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packing, releaseScript } from '../support/packing.ts';
import { temporaryFolder } from '../support/program.ts';

const { version } = JSON.parse(readFileSync(new URL('../../server/package.json', import.meta.url), 'utf8'));

interface Entries {
  entriesOf(home: string): Promise<string[]>;
  entryComplaints(project: string, entries: readonly string[]): Promise<readonly string[]>;
  serviceComplaints(project: string, home: string, version: string): Promise<readonly string[]>;
}

interface Package {
  readonly manifest: { readonly version: string; readonly dependencies?: Readonly<Record<string, string>> };
  readonly changelog: string;
}

interface Versions {
  versionComplaints(packages: readonly (readonly [string, Package])[], today: string): readonly string[];
  schemaComplaints(
    before: { readonly version: string; readonly schema: string } | null,
    now: { readonly version: string; readonly schema: string },
  ): readonly string[];
}

const { packPackage, unpackPackage, packageComplaints } = await packing();
const { entriesOf, entryComplaints, serviceComplaints } = await releaseScript<Entries>('entries');
const { versionComplaints, schemaComplaints } = await releaseScript<Versions>('versions');

describe('the packages as they would be published', () => {
  test('hold what they should, and every entry can be imported and has its types', async () => {
    const project = await temporaryFolder();
    const entries: string[] = [];
    for (const name of ['sdk', 'web-components']) {
      const packed = await packPackage(name, project);
      const home = await unpackPackage(join(project, packed.filename), name, project);
      expect(await packageComplaints(name, packed, home)).toEqual([]);
      entries.push(...(await entriesOf(home)));
    }
    expect(entries).toEqual(
      expect.arrayContaining(['@oxicount/sdk', '@oxicount/sdk/live', '@oxicount/web-components/oxi-count']),
    );
    expect(await entryComplaints(project, entries)).toEqual([]);

    expect(await entryComplaints(project, ['@oxicount/sdk/nothing'])).toEqual([
      expect.stringContaining('ERR_PACKAGE_PATH_NOT_EXPORTED'),
      expect.stringContaining('TS2307'),
      expect.stringContaining('TS2307'),
    ]);
  }, 120_000);

  test('start the service from a folder that has nothing but the package and what it depends on', async () => {
    const project = await temporaryFolder();
    const packed = await packPackage('server', project);
    const home = await unpackPackage(join(project, packed.filename), 'server', project);
    expect(await packageComplaints('server', packed, home)).toEqual([]);
    expect(await serviceComplaints(project, home, version)).toEqual([]);
    expect(await serviceComplaints(project, home, '9.0.0')).toEqual([
      `oxicount --version says ${version}, and it is 9.0.0.`,
    ]);

    await rm(join(home, 'dist/public'), { recursive: true });
    await mkdir(join(home, 'dist/public'));
    expect(await serviceComplaints(project, home, version)).toEqual([
      expect.stringContaining('Cannot find module'),
    ]);
  }, 120_000);

  test('are refused with tests, without a license, with paths of a machine, or when they are heavy', async () => {
    const project = await temporaryFolder();
    const packed = await packPackage('sdk', project);
    const home = await unpackPackage(join(project, packed.filename), 'sdk', project);
    const map = { sources: ['/home/ann/index.ts'], sourcesContent: ['export {}'] };
    await writeFile(join(home, 'dist/index.js.map'), JSON.stringify(map));
    const files = [...packed.files.filter((name) => name !== 'LICENSE'), 'dist/a.test.js', 'src/a.ts'];
    expect(await packageComplaints('sdk', { ...packed, files, size: 1_000_000 }, home)).toEqual([
      'sdk: LICENSE is missing.',
      'sdk: dist/index.js.map names /home/ann/index.ts, a path of this machine.',
      'sdk: dist/a.test.js is not meant to be published.',
      'sdk: src/a.ts is not meant to be published.',
      'sdk: It packs to 1000000 bytes; 230000 are meant.',
    ]);
  });
});

describe('versions and change logs', () => {
  const changelog = `# Changes

## [Unreleased]

## [1.2.0] - 2027-01-31

### Added

- Something.

## [1.1.0] - 2027-01-01

- Something else.
`;
  const good: Package = { manifest: { version: '1.2.0' }, changelog };
  const complaints = (elements: Partial<Package>) =>
    versionComplaints(
      [
        ['sdk', good],
        ['web-components', { ...good, ...elements }],
      ],
      '2027-01-31',
    );

  test('that agree are released', () => {
    expect(complaints({})).toEqual([]);
    expect(
      complaints({ manifest: { version: '1.2.0', dependencies: { '@oxicount/sdk': '^1.2.0' } } }),
    ).toEqual([]);
  });

  test.each([
    [
      'a version of its own',
      { manifest: { version: '1.3.0' } },
      /its version is 1.3.0, that of others 1.2.0/,
    ],
    [
      'an earlier client',
      { manifest: { version: '1.2.0', dependencies: { '@oxicount/sdk': '^1.1.0' } } },
      /depends on @oxicount\/sdk \^1.1.0, which would be \^1.2.0/,
    ],
    [
      'no entry',
      { changelog: changelog.replace('[1.2.0]', '[1.1.9]') },
      /has 1.1.9 on top, and 1.2.0 is to be/,
    ],
    [
      'an entry without a date',
      { changelog: changelog.replace(' - 2027-01-31', '') },
      /has no date for 1.2.0/,
    ],
    [
      'a date to come',
      { changelog: changelog.replace('2027-01-31', '2027-02-01') },
      /has 2027-02-01 for 1.2.0/,
    ],
    [
      'an empty entry',
      { changelog: changelog.replace('### Added\n\n- Something.\n', '') },
      /says nothing of 1.2.0/,
    ],
    [
      'changes that are not released',
      { changelog: changelog.replace('[Unreleased]\n', '[Unreleased]\n\n- One more.\n') },
      /still has something unreleased/,
    ],
  ])('with %s are not', (_name, elements: Partial<Package>, complaint) => {
    expect(complaints(elements).join()).toMatch(complaint);
  });
});

test('GraphQL may lose something with a new major version only, and before 1.0.0 with a minor one', () => {
  const before = 'type Query { count: Int, visits: Int }';
  const schema = 'type Query { count: Int }';
  const complaints = (from: string, to: string) =>
    schemaComplaints({ version: from, schema: before }, { version: to, schema });
  expect(complaints('1.2.0', '1.3.0')).toEqual([
    'schema.graphql: Query.visits was removed. 1.3.0 may not break clients of 1.2.0.',
  ]);
  expect(complaints('0.1.0', '0.1.1')).toHaveLength(1);
  expect(complaints('1.2.0', '2.0.0')).toEqual([]);
  expect(complaints('0.1.0', '0.2.0')).toEqual([]);
  expect(schemaComplaints(null, { version: '0.1.0', schema })).toEqual([]);
  expect(schemaComplaints({ version: '1.2.0', schema }, { version: '1.2.1', schema: before })).toEqual([]);
});
