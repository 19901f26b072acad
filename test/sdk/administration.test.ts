import { expect, test } from 'vitest';
import { createAdministration } from '../../sdk/src/administration.ts';
import { createClient } from '../../sdk/src/index.ts';
import { startTestService } from '../support/service.ts';

const ADMIN = 'may-do-everything-there-is';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('every operation of administration has a method, which gives what the schema says', async () => {
  const { url } = await startTestService({ adminToken: ADMIN });
  const administration = createAdministration({ url, token: ADMIN });

  const input = { id: 'docs', baseUrls: ['https://docs.example'], timeZone: 'Europe/Berlin' };
  expect(await administration.createSite({ input })).toMatchObject({ id: 'docs', declared: false });
  const renamed = await administration.updateSite({ id: 'docs', input: { id: 'manual' } });
  expect(renamed).toMatchObject({ id: 'manual', timeZone: 'Europe/Berlin' });
  expect((await administration.archiveSite({ id: 'manual' })).archivedAt).toEqual(expect.any(String));
  expect((await administration.restoreSite({ id: 'manual' })).archivedAt).toBeNull();
  expect((await administration.administeredSites()).map(({ id }) => id)).toEqual(['blog', 'manual']);

  const created = await administration.createToken({
    input: { name: 'A reader', scopes: ['READ'], site: 'blog', filter: { country: 'DE' } },
  });
  expect(created).toMatchObject({
    token: { name: 'A reader', filter: [{ dimension: 'COUNTRY', value: 'DE' }] },
    link: `${url}/?site=blog#token=${created.secret}`,
  });
  const reader = createAdministration({ url, token: created.secret });
  expect(await reader.viewer()).toMatchObject({ name: 'A reader', scopes: ['READ'], site: 'blog' });
  await expect(reader.tokens()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await administration.revokeToken({ id: created.token.id })).toMatchObject({
    revokedAt: expect.any(String),
  });
  await expect(reader.viewer()).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  expect((await administration.tokens()).map(({ name }) => name)).toContain('A reader');

  expect(await administration.deleteSite({ id: 'manual' })).toEqual({
    rows: expect.any(Number),
    visits: 0,
    complete: true,
  });
  const [last, first] = await administration.auditLog({ first: 2 });
  expect([last?.action, first?.action]).toEqual(['SITE_DELETED', 'SITE_DELETION_BEGUN']);
  expect(last?.actor).toBe('admin_token');
  const older = await administration.auditLog({ before: first?.id ?? '' });
  expect(older.map(({ action }) => action)).toContain('SITE_RESTORED');
});

test('a server with a token for it counts for readers, each of whom is a visitor', async () => {
  const { url } = await startTestService({ adminToken: ADMIN });
  const administration = createAdministration({ url, token: ADMIN });
  const { secret } = await administration.createToken({ input: { name: 'Renderer', scopes: ['SEND'] } });

  async function visitorsOf(token: string | undefined): Promise<number> {
    const client = createClient({ url, site: 'blog', token });
    for (const reader of ['203.0.113.7', '203.0.113.8', '203.0.113.7']) {
      const headers = { 'x-forwarded-for': reader, 'user-agent': FIREFOX };
      const { visitId } = await client.register({ path: '/a' }, { headers });
      await client.postSleep({ visitId }, { headers });
    }
    return (await createClient({ url, token: ADMIN }).stats({ range: { preset: 'TODAY' } })).totals.visitors;
  }

  expect(await visitorsOf(secret)).toBe(2);
  // The server's own address is a third.
  expect(await visitorsOf(undefined)).toBe(3);
});
