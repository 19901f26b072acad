import { describe, expect, test } from 'vitest';
import { judgeBaseUrl } from './base-url.ts';
import { judgeCertificate } from './certificate.ts';
import { clockOfSite, judgeClock } from './clock.ts';
import { judgeDescriptors } from './descriptors.ts';
import { judgeDisk } from './disk.ts';
import type { Finding } from './finding.ts';
import { judgeIntegrity } from './integrity.ts';
import { judgeEvents, judgeWebSocket } from './live-updates.ts';
import { judgeMemory } from './memory.ts';
import { judgeMigrations } from './migrations.ts';
import { judgeNode } from './node-version.ts';
import { judgeOutside } from './outside.ts';
import { judgePolicy, policiesOf } from './policy.ts';
import { judgeConnections, judgePostgresql } from './postgresql.ts';
import { judgeArrival, judgeProxies } from './proxies.ts';
import { judgeReadReplica } from './read-replica.ts';
import { judgeReadable } from './readable.ts';
import { judgeRedis } from './redis.ts';
import { judgeSentinels } from './sentinels.ts';
import { judgeService } from './service.ts';
import { judgeSettings } from './settings.ts';
import { judgeFrontPage, judgeUnknownPath } from './site.ts';
import { judgeSnippet, snippetOf } from './snippet.ts';
import { judgeSqliteFile } from './sqlite-file.ts';
import { judgeTimeZones } from './time-zones.ts';
import { judgeUpkeep } from './upkeep.ts';
import type { WebAnswer } from './web.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 11, 1, 12);

/** Levels and words of what was found; whatever is not fine says what to do. */
function told(found: Finding | readonly Finding[]): string[] {
  return [found].flat().map(({ level, says, advice }) => {
    if (level === 'broken' || level === 'warning') expect(advice).toMatch(/\S.{15}/);
    return `${level}: ${says}`;
  });
}

const saying = (level: string, words = '') => [expect.stringMatching(new RegExp(`^${level}: .*${words}`))];

describe('of the configuration', () => {
  test('mistakes and names of OxiTraffic are told, with where settings come from', () => {
    const settings = { file: null, variables: [], inherited: [], mistakes: [] };
    expect(told(judgeSettings(settings))).toEqual(saying('fine', 'all defaults'));
    const more = {
      file: { path: '/etc/oxi.toml', variable: 'OXITRAFFIC_CONFIG_FILE' },
      variables: ['OXICOUNT_BASE_URL'],
      inherited: [{ variable: 'OXITRAFFIC_CONFIG_FILE', now: 'OXICOUNT_CONFIG_FILE' }],
      mistakes: ['workers is "x"'],
    };
    expect(told(judgeSettings(more))).toEqual([
      'fine: from /etc/oxi.toml (OXITRAFFIC_CONFIG_FILE) and OXICOUNT_BASE_URL',
      'broken: workers is "x"',
      'warning: named as OxiTraffic names them: OXITRAFFIC_CONFIG_FILE',
    ]);
  });

  test.each([
    [null, 'https://blog.example', 'broken', 'missing'],
    ['http://127.0.0.1:8080', 'https://blog.example', 'broken', 'only this machine'],
    ['http://count.example', 'https://blog.example', 'broken', 'served over https'],
    ['http://count.example', 'http://blog.example', 'warning', 'not encrypted'],
    ['https://blog.example', 'https://blog.example', 'warning', 'site blog'],
    ['https://blog.example/count', 'https://blog.example', 'fine', ''],
    ['https://count.example', 'https://blog.example', 'fine', ''],
    [null, 'http://127.0.0.1:4000', 'fine', 'missing'],
  ])('base_url %s with a site at %s is %s', (baseUrl, origin, level, words) => {
    const sites = [{ slug: 'blog', baseUrls: [origin] }];
    expect(told(judgeBaseUrl({ baseUrl, local: 'http://127.0.0.1:8080', sites }))).toEqual(
      saying(level, words),
    );
  });

  test.each([
    [0o600, true, 'fine'],
    [0o644, true, 'warning'],
    [0o644, false, 'fine'],
    [0o666, true, 'broken'],
    [null, true, 'fine'],
  ])('a file of secrets with mode %o, in folders open to all: %s, is %s', (mode, reachable, level) => {
    expect(told(judgeReadable({ path: '/x/y', holds: 'secrets', mode, reachable }))).toEqual(saying(level));
  });
});

describe('of the machine', () => {
  test.each([
    ['20.19.0', 'fine'],
    ['20.18.3', 'broken'],
    ['21.7.0', 'broken'],
    ['22.12.1', 'fine'],
    ['25.0.0', 'fine'],
  ])('Node %s is %s', (version, level) => {
    expect(told(judgeNode(version, '^20.19.0 || ^22.12.0 || >=24.0.0'))).toEqual(saying(level));
  });

  test('too little of anything is told before it is gone', () => {
    const room = (freeBytes: number, freeFiles: number | null = null) =>
      told(judgeDisk({ folder: '/data', freeBytes, freeFiles }));
    expect(room(5e9)).toEqual(saying('fine', '5.0 GB'));
    expect(room(5e8)).toEqual(saying('warning', '500 MB'));
    expect(room(5e7)).toEqual(saying('broken'));
    expect(room(5e9, 3)).toEqual(saying('broken', 'files'));
    expect(told(judgeMemory({ totalBytes: 1e9, processes: 1 }))).toEqual(saying('fine'));
    expect(told(judgeMemory({ totalBytes: 1e9, processes: 9 }))).toEqual(saying('warning'));
    expect(told(judgeDescriptors('Max open files            1024                 4096      files'))).toEqual(
      saying('warning', '1024'),
    );
    expect(told(judgeDescriptors('Max open files            1048576              1048576   files'))).toEqual(
      saying('fine'),
    );
    expect(told(judgeDescriptors(null))).toEqual(saying('unknown'));
    expect(told(judgeTimeZones({ known: 418, data: '2025c', unknown: [] }))).toEqual(saying('fine'));
    expect(told(judgeTimeZones({ known: 418, data: '2025c', unknown: ['Mars/Base'] }))).toEqual(
      saying('broken', 'Mars/Base'),
    );
    expect(told(judgeTimeZones({ known: 1, data: null, unknown: [] }))).toEqual(saying('broken'));
  });

  test('a clock that is off is told, unless it is the other one', () => {
    const witness = (name: string, aheadMs: number) => ({ name, aheadMs, errorMs: 500 });
    expect(told(judgeClock([]))).toEqual(saying('unknown'));
    expect(told(judgeClock([witness('a', 2_400)]))).toEqual(saying('fine'));
    expect(told(judgeClock([witness('a', 5_000)]))).toEqual(saying('warning', '5 s behind that of a'));
    expect(told(judgeClock([witness('a', -90_000)]))).toEqual(saying('broken', '90 s ahead of'));
    expect(told(judgeClock([witness('a', 90_000), witness('b', 0)]))).toEqual(
      saying('warning', 'others agree'),
    );
  });

  test('a page from a cache tells the time of its making, and its age', () => {
    const headers = { date: new Date(NOW - 60_000).toUTCString(), age: '60' };
    const witness = clockOfSite('blog', { ...page(), headers, at: NOW, tookMs: 0 });
    expect(Math.abs(witness?.aheadMs ?? Number.NaN)).toBeLessThanOrEqual(witness?.errorMs ?? 0);
    expect(clockOfSite('blog', page())).toBeNull();
  });
});

describe('of the database', () => {
  const server = {
    version: 150_020,
    recovering: false,
    readOnly: false,
    fsync: true,
    synchronousCommit: 'on',
    fullPageWrites: true,
    maySchema: true,
  };

  test.each([
    [{}, 'fine', 'version 15'],
    [{ version: 110_003 }, 'broken', 'too old'],
    [{ version: 130_003 }, 'warning', 'not tested'],
    [{ recovering: true }, 'broken', 'standby'],
    [{ readOnly: true }, 'broken', 'takes no writes'],
    [{ maySchema: false }, 'warning', 'may not make tables'],
    [{ fsync: false }, 'warning', 'fsync is off'],
    [{ synchronousCommit: 'off' }, 'warning', 'synchronous_commit is off'],
  ])('a PostgreSQL with %o is %s', (changes, level, words) => {
    expect(told(judgePostgresql({ ...server, ...changes }))).toEqual(saying(level, words));
  });

  test.each([
    [{}, 'fine'],
    [{ workers: 6 }, 'broken'],
    [{ workers: 5, others: 20 }, 'warning'],
    [{ ofRole: 10 }, 'broken'],
    [{ workers: 60, pooled: true }, 'fine'],
  ])('connections with %o are %s', (changes, level) => {
    const connections = {
      most: 100,
      reserved: 3,
      others: 1,
      ofRole: -1,
      ofDatabase: -1,
      workers: 1,
      pooled: false,
    };
    expect(told(judgeConnections({ ...connections, ...changes }))).toEqual(saying(level));
  });

  test('migrations are told apart: none, pending, of a newer program, unfinished', () => {
    const known = ['one', 'two'].map((name) => ({ name, sql: '', checksum: name }));
    const row = (name: string, finished_at: unknown = 1) => ({
      migration_name: name,
      checksum: name,
      finished_at,
      rolled_back_at: null,
    });
    expect(told(judgeMigrations([], known))).toEqual(saying('unknown', 'none yet'));
    expect(told(judgeMigrations([row('one'), row('two')], known))).toEqual(saying('fine'));
    expect(told(judgeMigrations([row('one')], known))).toEqual(saying('warning', 'two will be applied'));
    for (const applied of [[row('three')], [row('one', null)], [{ ...row('one'), checksum: 'x' }]]) {
      expect(told(judgeMigrations(applied, known))).toEqual(saying('broken'));
    }
  });

  test('an SQLite file is told to be damaged, in the wrong place, or of the wrong owner', () => {
    expect(told(judgeIntegrity(['ok'], 1_000))).toEqual(saying('fine'));
    expect(told(judgeIntegrity(null, 1_000))).toEqual(saying('fine', 'not all of it'));
    expect(told(judgeIntegrity(['*** in database main ***\nTree 5 page 9: bad'], 1_000))).toEqual(
      saying('broken', 'Tree 5'),
    );
    const file = {
      path: '/data/oxicount.db',
      sizeBytes: 5e6,
      journalBytes: 0,
      writable: true,
      folderWritable: true,
      otherOwner: false,
      fileSystem: 0xef53,
    };
    expect(told(judgeSqliteFile(file))).toEqual(saying('fine', '5 MB'));
    expect(told(judgeSqliteFile({ ...file, sizeBytes: null, writable: false }))).toEqual(saying('unknown'));
    expect(told(judgeSqliteFile({ ...file, writable: false }))).toEqual(saying('broken', 'may not write'));
    expect(told(judgeSqliteFile({ ...file, folderWritable: false }))).toEqual(saying('broken', 'the folder'));
    expect(told(judgeSqliteFile({ ...file, fileSystem: 0x6969 }))).toEqual(saying('broken', 'NFS'));
    // As Node gives what has the highest of 32 bits.
    expect(told(judgeSqliteFile({ ...file, fileSystem: 0xff534d42 | 0 }))).toEqual(saying('broken', 'CIFS'));
    expect(told(judgeSqliteFile({ ...file, otherOwner: true }))).toEqual(saying('warning', 'another user'));
    expect(told(judgeSqliteFile({ ...file, journalBytes: 9e8 }))).toEqual(saying('warning', '900 MB'));
  });

  test('upkeep that does not happen is told', () => {
    const today = Math.floor(NOW / DAY);
    const upkeep = {
      now: NOW,
      finishedAt: { 'roll-ups': NOW - HOUR, retention: NOW - HOUR },
      rollupsDue: [],
      retained: 1,
      deleting: 0,
      newestSalt: today,
      oldestSalt: today - 6,
      visitorDays: 7,
      running: true,
    };
    const due = { finishedAt: { 'roll-ups': NOW - 9 * HOUR, retention: NOW }, rollupsDue: ['blog'] };
    expect(told(judgeUpkeep(upkeep))).toEqual(saying('fine', '1 h ago'));
    expect(told(judgeUpkeep({ ...upkeep, finishedAt: {} }))).toEqual(saying('unknown'));
    expect(told(judgeUpkeep({ ...upkeep, ...due }))).toEqual([
      ...saying('warning', 'though the service runs'),
      ...saying('warning', 'blog'),
    ]);
    expect(told(judgeUpkeep({ ...upkeep, ...due, rollupsDue: [], running: false }))).toEqual(saying('fine'));
    expect(told(judgeUpkeep({ ...upkeep, finishedAt: { 'roll-ups': NOW } }))).toEqual(
      saying('warning', 'retention_days'),
    );
    expect(told(judgeUpkeep({ ...upkeep, oldestSalt: today - 30 }))).toEqual(
      saying('warning', 'salt is 3[01] days'),
    );
    expect(told(judgeUpkeep({ ...upkeep, newestSalt: today + 30 }))).toEqual(saying('broken', 'from now'));
  });

  test('a read replica is told to be late, another database, or promoted', () => {
    const replica = { recovering: true, lagSecs: 0.2, hasTables: true };
    expect(told(judgeReadReplica(replica))).toEqual(saying('fine'));
    expect(told(judgeReadReplica({ ...replica, lagSecs: 90 }))).toEqual(saying('warning', '90 s'));
    expect(told(judgeReadReplica({ ...replica, recovering: false }))).toEqual(saying('warning'));
    expect(told(judgeReadReplica({ ...replica, hasTables: false }))).toEqual(saying('broken'));
  });
});

describe('of Redis', () => {
  test.each([
    [{}, 'fine', '2 processes'],
    [{ version: '4.0.1' }, 'broken', 'too old'],
    [{ role: 'slave' }, 'broken', 'no writes'],
    [{ maxMemory: 1e8 }, 'warning', 'noeviction'],
    [{ answersMs: 90 }, 'warning', '90 ms'],
    [{ running: true, replicas: 0 }, 'warning', 'no replica'],
    [{ replicas: 0 }, 'fine', '0 processes'],
  ])('one with %o is %s', (changes, level, words) => {
    const server = {
      version: '7.0.15',
      maxMemory: 0,
      policy: 'noeviction',
      answersMs: 0.3,
      role: 'master',
      replicas: 2,
      running: false,
    };
    expect(told(judgeRedis({ ...server, ...changes }))).toEqual(saying(level, words));
  });

  test('Sentinels that cannot agree are told', () => {
    const says = (...refusals: (string | null)[]) =>
      told(judgeSentinels(refusals.map((refusal, index) => ({ name: `s${index}`, refusal }))));
    expect(says(null, null, null)).toEqual(saying('fine'));
    expect(says(null)).toEqual(saying('warning', 'one Sentinel only'));
    expect(says(null, null, 'gone')).toEqual(saying('warning', 's2: gone'));
    expect(says('gone', 'gone')).toEqual(saying('broken'));
  });
});

describe('of the service, here and from outside', () => {
  test('who listens is told', () => {
    const judge = (listener: Parameters<typeof judgeService>[1]) =>
      told(judgeService('127.0.0.1:8080', listener));
    expect(judge({ kind: 'oxicount', ready: true, liveEvents: null })).toEqual(saying('fine', 'counts'));
    expect(judge({ kind: 'oxicount', ready: false, liveEvents: null })).toEqual(
      saying('broken', 'cannot count'),
    );
    expect(judge({ kind: 'oxicount', ready: true, liveEvents: 'this process only' })).toEqual(
      saying('warning'),
    );
    expect(judge({ kind: 'another program' })).toEqual(saying('broken', 'another program'));
    expect(judge({ kind: 'nobody', refused: null })).toEqual(saying('unknown', 'can listen'));
    expect(judge({ kind: 'nobody', refused: 'EACCES' })).toEqual(saying('broken', 'EACCES'));
  });

  test('what answers at base_url is told', () => {
    const answer = { status: 200, healthy: true, location: null, certificateEndsAt: null, now: NOW };
    expect(told(judgeOutside(answer))).toEqual(saying('fine'));
    expect(told(judgeOutside({ ...answer, certificateEndsAt: NOW + 3.5 * DAY }))).toEqual(
      saying('warning', '3 days'),
    );
    expect(told(judgeOutside({ ...answer, status: 502, healthy: false }))).toEqual(
      saying('broken', 'does not reach'),
    );
    expect(told(judgeOutside({ ...answer, healthy: false }))).toEqual(saying('broken', 'something else'));
    expect(told(judgeOutside({ ...answer, status: 301, location: 'https://x' }))).toEqual(
      saying('broken', 'leads to'),
    );
    expect(judgeCertificate(NOW + 30 * DAY, NOW)).toBeNull();
  });

  const made = 'documentation';
  test.each([
    ['no proxy', { direct: true }, 'fine'],
    ['a proxy that appends', {}, 'fine'],
    ['a proxy that replaces', { forwarded: ['public'], reader: 0 }, 'fine'],
    ['a proxy on this machine, asked from it', { forwarded: [made, 'loopback'], reader: 0 }, 'fine'],
    ['a proxy that is not trusted', { peerTrusted: false, reader: -1 }, 'broken'],
    [
      'a proxy in the internet that is not trusted',
      { peer: 'public', peerTrusted: false, reader: -1 },
      'broken',
    ],
    ['a proxy that says nothing', { forwarded: [], reader: -1 }, 'broken'],
    ['a proxy that believes readers', { forwarded: [made], reader: 0 }, 'broken'],
    ['two of which one is not trusted', { forwarded: [made, 'public', 'public'], reader: 2 }, 'warning'],
    [
      'an address translation',
      { peer: 'public', peerTrusted: false, forwarded: [made], reader: -1 },
      'unknown',
    ],
  ])('%s is told from how a request arrived', (_name, changes, level) => {
    const arrival = {
      peer: 'loopback',
      peerTrusted: true,
      forwarded: [made, 'public'],
      reader: 1,
      unread: [],
      direct: false,
    };
    expect(told(judgeArrival({ ...arrival, ...changes }))).toEqual(saying(level));
  });

  test('an answer of another instance is told', () => {
    expect(told(judgeProxies({ kind: 'refused', status: 403 }, 'a'))).toEqual(
      saying('broken', 'another instance'),
    );
    expect(told(judgeProxies({ kind: 'refused', status: 404 }, 'a'))).toEqual(saying('unknown'));
  });

  test('what stops live figures is told', () => {
    expect(told(judgeWebSocket(null))).toEqual(saying('fine'));
    expect(told(judgeWebSocket('closed'))).toEqual(saying('warning', 'closed'));
    expect(told(judgeEvents({ status: 200, cameAtOnce: true }))).toEqual(saying('fine'));
    expect(told(judgeEvents({ status: 200, cameAtOnce: false }))).toEqual(saying('broken', 'held back'));
    expect(told(judgeEvents({ status: 404, cameAtOnce: null }))).toEqual(saying('unknown', '404'));
  });
});

function page(changes: Partial<WebAnswer> = {}): WebAnswer {
  return {
    status: 200,
    headers: {},
    body: '',
    tookMs: 5,
    at: NOW,
    certificateEndsAt: null,
    localPort: 1,
    ...changes,
  };
}

describe('of a site', () => {
  const url = 'https://blog.example/';
  const judge = (changes: Partial<WebAnswer>, asked = true) =>
    told(judgeFrontPage({ url, answer: page(changes), now: NOW }, asked));

  test('what keeps its pages from being found is told', () => {
    expect(judge({})).toEqual(saying('fine'));
    expect(judge({ status: 301, headers: { location: 'https://www.blog.example/' } })).toEqual(
      saying('broken', 'https://www.blog.example'),
    );
    expect(judge({ status: 301, headers: { location: 'https://www.blog.example/' } }, false)).toEqual(
      saying('warning'),
    );
    expect(judge({ status: 302, headers: { location: '/en/' } })).toEqual(saying('warning', '/en/'));
    expect(judge({ status: 403 })).toEqual(saying('broken', '403'));
    expect(judge({ tookMs: 4_000 })).toEqual(saying('warning', '4.0 s'));
    expect(judge({ certificateEndsAt: NOW + DAY })).toEqual(saying('warning', 'ends in 1 days'));
    expect(told(judgeUnknownPath(404))).toEqual(saying('fine'));
    expect(told(judgeUnknownPath(200))).toEqual(saying('warning', 'every page'));
    expect(told(judgeUnknownPath(500))).toEqual(saying('warning'));
  });

  test('the snippet is found as pages have it, and compared with the right one', () => {
    const baseUrl = 'https://count.example';
    const of = (html: string) =>
      told(judgeSnippet(snippetOf(html, url), { baseUrl, slug: 'blog', slugs: ['blog', 'docs'] }));
    expect(of(`<script defer src="${baseUrl}/count.js"></script>`)).toEqual(saying('fine'));
    expect(of(`<SCRIPT type=module SRC=${baseUrl}/count.js data-site='blog'></SCRIPT>`)).toEqual(
      saying('fine'),
    );
    expect(of(`<!-- <script src="${baseUrl}/count.js"></script> -->`)).toEqual(
      saying('warning', 'not found'),
    );
    expect(of('<script src="https://other.example/count.js"></script>')).toEqual(saying('warning', 'not of'));
    expect(of(`<script src="/count.js" data-url="${baseUrl}"></script>`)).toEqual(saying('fine'));
    expect(of(`<script src="${baseUrl}/count.js" data-site="blgo"></script>`)).toEqual(
      saying('broken', 'blgo'),
    );
    expect(of(`<script src="${baseUrl}/count.js" data-site="docs"></script>`)).toEqual(
      saying('warning', 'docs'),
    );
  });

  test.each([
    ['', []],
    ["default-src 'self'", ['default-src', 'default-src']],
    ["default-src 'self'; script-src https://count.example; connect-src *", []],
    ['script-src https:; connect-src *.example', []],
    ["script-src 'self' https://count.example/other.js", ['script-src']],
    ["script-src 'nonce-abc' 'strict-dynamic'", []],
    ["script-src 'nonce-xyz' 'strict-dynamic' https://count.example", ['script-src']],
    ["connect-src 'none'", ['connect-src']],
    ['script-src count.example:8443', ['script-src']],
    ["img-src 'self'", []],
  ])('the policy %j stops what these directives say: %j', (policy, stopping) => {
    const asked = { page: 'https://blog.example', baseUrl: 'https://count.example', nonce: 'abc' };
    const expected = stopping.map((name) => expect.stringContaining(`(${name})`));
    expect(told(judgePolicy(policiesOf({ 'content-security-policy': policy }, ''), asked))).toEqual(expected);
    const tag = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    expect(told(judgePolicy(policiesOf({}, tag), asked))).toEqual(expected);
  });
});
