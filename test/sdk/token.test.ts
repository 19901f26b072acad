import { describe, expect, test } from 'vitest';
import { createClient } from '../../sdk/src/index.ts';
import { createSlimClient } from '../../sdk/src/slim.ts';
import { startTestService } from '../support/service.ts';

const TOKEN = 'may-read-everything-there-is';
const ways = [
  [
    'a value',
    (url: string, token?: string) => createClient({ url, site: 'blog', token }).count({ path: '/a' }),
  ],
  [
    'a value in a slim bundle',
    (url: string, token?: string) => createSlimClient({ url, site: 'blog', token }).count({ path: '/a' }),
  ],
  [
    'a live value',
    (url: string, token?: string) =>
      firstOf(createClient({ url, site: 'blog', token }).liveCount({ path: '/a' })),
  ],
] as const;

async function firstOf<T>(values: AsyncIterable<T>): Promise<T | undefined> {
  for await (const value of values) return value;
  return undefined;
}

async function startInstance() {
  const sites = { blog: { visibility: 'private' }, docs: {} } as const;
  const service = await startTestService({ adminToken: TOKEN, sites });
  await service.visit('/a', { site: 'blog' });
  return service;
}

describe.each(ways)('%s of a private site', (_name, read) => {
  test('is read with the token, and else refused with a code', async () => {
    const { url } = await startInstance();
    expect(await read(url, TOKEN)).toBe(1);
    await expect(read(url)).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    await expect(read(url, 'wrong')).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  });
});

test('visits of a private site are told to who has the token, and a wrong one ends the loop', async () => {
  const { url, visit } = await startInstance();
  const visits = createClient({ url, site: 'blog', token: TOKEN }).visitCounted();
  const next = visits.next();
  const refused = createClient({ url, site: 'blog', token: 'wrong' }).visitCounted().next();
  await expect(refused).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  await visit('/b', { site: 'blog' });
  expect((await next).value).toMatchObject({ path: '/b' });
  await visits.return();
});

test('a client says which sites are private', async () => {
  const { url } = await startInstance();
  const sitesFor = async (token?: string) =>
    (await createClient({ url, token }).sites()).map(({ id, visibility }) => [id, visibility]);
  expect(await sitesFor()).toEqual([['docs', 'PUBLIC']]);
  expect(await sitesFor(TOKEN)).toEqual([
    ['blog', 'PRIVATE'],
    ['docs', 'PUBLIC'],
  ]);
});
