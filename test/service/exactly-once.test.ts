import { expect, test } from 'vitest';
import { operator } from '../../server/domain/access.ts';
import { eachDatabase } from '../support/databases.ts';
import { startTestService } from '../support/service.ts';

const VISITS = 200;
const POSTS = 5;

eachDatabase('a visit counts exactly once', (database) => {
  test('however many times it is posted, and however many come at once', async () => {
    const { request, register, service } = await startTestService({ database });
    const path = (index: number) => (index % 2 === 0 ? '/a' : '/b');
    const ids = await Promise.all(Array.from({ length: VISITS }, (_, index) => register(path(index))));
    expect(new Set(ids).size).toBe(VISITS);

    const answers = await Promise.all(
      ids.flatMap((id) =>
        Array.from({ length: POSTS }, async () => (await request(`/post-sleep/${id}`)).status),
      ),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(VISITS);
    expect(answers.filter((status) => status === 400)).toHaveLength(VISITS * (POSTS - 1));

    expect(await (await request('/api/counts')).json()).toEqual([
      { path: '/a', count: VISITS / 2 },
      { path: '/b', count: VISITS / 2 },
    ]);
    for (const page of ['/a', '/b']) {
      const history = (await (await request(`/api/history?path=${page}`)).json()) as { visits: unknown[] };
      expect(history.visits).toHaveLength(VISITS / 2);
    }
    expect(await service.domain.counts.total({ reader: operator })).toBe(VISITS);
  });

  test('in two programs on one database, which agree on everything', async () => {
    const first = await startTestService({ database });
    const second = await startTestService({
      databaseUrl: first.databaseUrl,
      sites: { blog: { baseUrls: [first.site.url], callbackOrigin: first.site.url } },
    });
    const ids = await Promise.all(Array.from({ length: 20 }, () => first.register('/a')));
    const statuses = await Promise.all(
      ids.flatMap((id) =>
        [first, second].map(async ({ request }) => (await request(`/post-sleep/${id}`)).status),
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    for (const { request } of [first, second]) {
      expect(await (await request('/api/count?path=/a')).text()).toBe('20');
    }
    await second.stop();
  });
});
