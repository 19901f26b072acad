import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ask, codesOf } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.1 Mobile/15E148 Safari/604.1';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const TALLY = '{ up down score mine }';
const VOTE = `mutation ($site: ID, $path: String!, $vote: Vote!) {
  vote(site: $site, path: $path, vote: $vote) ${TALLY}
}`;
const RESET = `mutation ($path: String!) { resetVote(path: $path) ${TALLY} }`;
const VOTES = `query ($path: String!) { votes(path: $path) ${TALLY} }`;

/** What a browser with a page of the site sends. */
const browser = ({ site }: TestService, userAgent: string, others: Record<string, string> = {}) => ({
  origin: site.url,
  'user-agent': userAgent,
  'accept-language': 'en',
  ...others,
});

/** Reads a page to its end. */
async function reads({ url }: TestService, headers: Record<string, string>, path = '/a'): Promise<void> {
  const register = 'mutation ($path: String!) { register(path: $path) { visitId } }';
  const { data } = await ask(url, register, { path }, headers);
  const { visitId } = data?.['register'] as { visitId: string };
  const post = 'mutation ($visitId: ID!) { postSleep(visitId: $visitId) { counted } }';
  expect(await ask(url, post, { visitId }, headers)).toEqual({ data: { postSleep: { counted: true } } });
}

eachDatabase('votes over GraphQL', (database) => {
  test('are cast, changed, taken back and told, and a reader finds their own', async () => {
    const service = await startTestService({ database });
    const { url } = service;
    const [ann, ben] = [browser(service, FIREFOX), browser(service, SAFARI)];
    for (const reader of [ann, ben]) await reads(service, reader);
    const vote = (reader: Record<string, string>, value: string) =>
      ask(url, VOTE, { path: '/a/', vote: value }, reader);

    expect(await vote(ann, 'UP')).toEqual({ data: { vote: { up: 1, down: 0, score: 1, mine: 'UP' } } });
    expect(await vote(ben, 'DOWN')).toEqual({ data: { vote: { up: 1, down: 1, score: 0, mine: 'DOWN' } } });
    expect(await vote(ann, 'DOWN')).toEqual({ data: { vote: { up: 0, down: 2, score: -2, mine: 'DOWN' } } });
    expect(await ask(url, RESET, { path: '/a' }, ben)).toEqual({
      data: { resetVote: { up: 0, down: 1, score: -1, mine: null } },
    });
    const tally = { up: 0, down: 1, score: -1 };
    expect(await ask(url, VOTES, { path: '/a' }, ann)).toEqual({
      data: { votes: { ...tally, mine: 'DOWN' } },
    });
    expect(await ask(url, VOTES, { path: '/a' })).toEqual({ data: { votes: { ...tally, mine: null } } });
    expect(await ask(url, VOTES, { path: '/never' })).toEqual({
      data: { votes: { up: 0, down: 0, score: 0, mine: null } },
    });

    const engaging = '{ stats { mostEngaging(first: 5) { path changes votes { score mine } } } }';
    expect(await ask(url, engaging, {}, ann)).toEqual({
      data: { stats: { mostEngaging: [{ path: '/a', changes: 4, votes: { score: -1, mine: 'DOWN' } }] } },
    });
  });

  test('of one reader at once are one', async () => {
    const service = await startTestService({ database });
    const ann = browser(service, FIREFOX);
    await reads(service, ann);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        ask(service.url, VOTE, { path: '/a', vote: index % 2 ? 'UP' : 'DOWN' }, ann),
      ),
    );
    expect(answers.flatMap(codesOf)).toEqual([]);
    const { data } = await ask(service.url, VOTES, { path: '/a' }, ann);
    const { up, down, mine } = data?.['votes'] as { up: number; down: number; mine: string };
    expect([up, down]).toEqual(mine === 'UP' ? [1, 0] : [0, 1]);
  });

  test('outlive the program', async () => {
    const first = await startTestService({ database });
    const { site } = first;
    await reads(first, browser(first, FIREFOX));
    await ask(first.url, VOTE, { path: '/a', vote: 'UP' }, browser(first, FIREFOX));
    await first.stop();
    // Sites are told apart by their origins, which those of another test service are not.
    const second = await startTestService({
      databaseUrl: first.databaseUrl,
      sites: { blog: { baseUrls: [site.url], callbackOrigin: site.url } },
    });
    const headers = { ...browser(second, FIREFOX), origin: site.url };
    expect(await ask(second.url, VOTE, { path: '/a', vote: 'UP' }, headers)).toEqual({
      data: { vote: { up: 1, down: 0, score: 1, mine: 'UP' } },
    });
  });
});

describe('a vote over GraphQL is refused with its code', () => {
  test.each<[string, (service: TestService) => Record<string, string>, string]>([
    ['from nowhere', () => ({ 'user-agent': FIREFOX }), 'ORIGIN_NOT_ALLOWED'],
    [
      'from elsewhere',
      (it) => browser(it, FIREFOX, { origin: 'https://evil.example' }),
      'ORIGIN_NOT_ALLOWED',
    ],
    ['from the dashboard', (it) => browser(it, FIREFOX, { origin: it.url }), 'ORIGIN_NOT_ALLOWED'],
    ['without a visit', (it) => browser(it, SAFARI), 'VOTE_NEEDS_VISIT'],
    ['of a crawler', (it) => browser(it, GOOGLEBOT), 'VOTE_NEEDS_VISIT'],
    ['with Sec-GPC', (it) => browser(it, FIREFOX, { 'sec-gpc': '1' }), 'VOTE_NEEDS_VISITOR'],
  ])('%s', async (_what, headersOf, code) => {
    const service = await startTestService();
    await reads(service, browser(service, FIREFOX));
    const headers = headersOf(service);
    expect(codesOf(await ask(service.url, VOTE, { path: '/a', vote: 'UP' }, headers))).toEqual([code]);
    expect(codesOf(await ask(service.url, RESET, { path: '/a' }, headers))).toEqual([code]);
    expect(await ask(service.url, VOTES, { path: '/a' })).toMatchObject({ data: { votes: { up: 0 } } });
  });

  test('for what is no page, and for what is no vote', async () => {
    const service = await startTestService();
    const ann = browser(service, FIREFOX);
    await reads(service, ann);
    const codes = async (path: string, vote: unknown) =>
      codesOf(await ask(service.url, VOTE, { path, vote }, ann));
    expect(await codes('/b', 'UP')).toEqual(['PAGE_NOT_FOUND']);
    expect(await codes('b', 'UP')).toEqual(['INVALID_PATH']);
    expect(await codes('/a', 'SIDEWAYS')).toEqual(['BAD_USER_INPUT']);
    expect(await codes('/a', null)).toEqual(['BAD_USER_INPUT']);
  });
});

describe.each(transports)('over $name', ({ subscribe }) => {
  test('votes are told at once, and again whenever they change, and not where they do not', async () => {
    const service = await startTestService();
    const ann = browser(service, FIREFOX);
    for (const path of ['/a', '/b']) await reads(service, ann, path);
    const vote = (value: string, path = '/a') => ask(service.url, VOTE, { path, vote: value }, ann);
    const tallies = subscribe(service.url, 'subscription { votes(path: "/a/") { up down score mine } }');
    const told = async () => (await tallies.next()) as { data: { votes: unknown } };
    const tally = (up: number, down: number) => ({
      // The subscriber has another browser.
      data: { votes: { up, down, score: up - down, mine: null } },
    });
    expect(await told()).toEqual(tally(0, 0));
    await vote('UP');
    expect(await told()).toEqual(tally(1, 0));
    await vote('UP');
    await vote('DOWN', '/b');
    await vote('DOWN');
    expect(await told()).toEqual(tally(0, 1));
    await ask(service.url, RESET, { path: '/a' }, ann);
    expect(await told()).toEqual(tally(0, 0));
    await tallies.end();
  });
});

test('a private site takes votes from its readers, and tells them nothing of what they come to', async () => {
  const token = 'may-read-everything-there-is';
  const service = await startTestService({ adminToken: token, sites: { blog: { visibility: 'private' } } });
  const ann = browser(service, FIREFOX);
  await reads(service, ann);
  expect(await ask(service.url, VOTE, { path: '/a', vote: 'UP' }, ann)).toEqual({ data: { vote: null } });
  expect(codesOf(await ask(service.url, VOTES, { path: '/a' }, ann))).toEqual(['SITE_NOT_FOUND']);
  const owner = { authorization: `Bearer ${token}` };
  expect(await ask(service.url, VOTES, { path: '/a' }, owner)).toMatchObject({ data: { votes: { up: 1 } } });
});
