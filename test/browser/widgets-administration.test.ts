import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../support/graphql.ts';
import { startWidgetWorld } from './support/widget-world.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

const TOKEN = 'a-token-of-forty-characters-for-testing';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['sites', 'tokens', 'share', 'log'];

describeInChromium('<oxi-administration>', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** An instance with the site `blog` from the configuration, and a page that its owner looks at. */
  async function start() {
    const world = await startWidgetWorld(browser, { adminToken: TOKEN });
    const { page, service } = world;
    page.setDefaultTimeout(15_000);
    return {
      ...world,
      button: (name: string) => page.getByRole('button', { name, exact: true }),
      field: (name: string) => page.getByLabel(name, { exact: true }),
      row: (name: string) => page.getByRole('listitem').filter({ hasText: name }),
      /** What the API says to a token. */
      api: async (query: string, token = TOKEN) => {
        const answer = await ask(service.url, query, {}, { authorization: `Bearer ${token}` });
        expect(answer.errors).toBeUndefined();
        return answer.data as Record<string, Record<string, unknown>[]>;
      },
      show: (attributes = '', token: string | null = TOKEN) =>
        world.open(
          `<!doctype html><html lang="en"><title>Owner</title>
          <meta name="viewport" content="width=device-width">
          <style>:root { color-scheme: light dark; background: light-dark(#fff, #12181a) }</style>
          <script>told = []; addEventListener('oxi-administered', ({ detail }) => told.push(detail))</script>
          <main><h1 style="color: light-dark(#000, #fff)">Owner</h1>
          <oxi-administration ${token === null ? '' : `token="${token}"`} ${attributes}></oxi-administration></main>`,
          { modules: ['oxi-administration.js'] },
        ),
      told: () => page.evaluate('told'),
      tokenFor: async (input: string) => {
        const query = `mutation{createToken(input:{name:"other" ${input}}){secret}}`;
        const answer = await ask(service.url, query, {}, { authorization: `Bearer ${TOKEN}` });
        return (answer.data?.['createToken'] as { secret: string }).secret;
      },
    };
  }

  it('adds a site, says what to put into its pages, and counts there', async () => {
    const { show, button, field, page, api, told, complaints, instance, service } = await start();
    await show();
    await button('Add a site').click();
    await field('Id').fill('docs');
    await field('Name').fill('The docs');
    await field('Base URLs').fill(
      `${service.site.url.replace('127.0.0.1', 'localhost')}\nhttps://docs.example\n`,
    );
    await field('Time zone').fill('Europe/Berlin');
    await field('Days that visits are kept').fill('90');
    await field('Path patterns').fill('/user/:id');
    await field('Heed Do Not Track').selectOption('Yes');
    await page.getByLabel('Only with a token').check();
    await button('Add a site').click();
    await page.getByText(`<script defer src="${instance}/count.js"></script>`).waitFor();
    expect(await told()).toEqual([{ what: 'site', site: 'docs' }]);
    const { administeredSites } = await api(
      '{administeredSites{id name baseUrls callbackOrigin timeZone retentionDays pathPatterns respectDnt visibility}}',
    );
    const origin = service.site.url.replace('127.0.0.1', 'localhost');
    expect(administeredSites?.[1]).toEqual({
      id: 'docs',
      name: 'The docs',
      baseUrls: [origin, 'https://docs.example'],
      callbackOrigin: origin,
      timeZone: 'Europe/Berlin',
      retentionDays: 90,
      pathPatterns: ['/user/:id'],
      respectDnt: true,
      visibility: 'PRIVATE',
    });
    const registered = await service.request('/register?path=/a', { headers: { origin } });
    expect(registered.status).toBe(200);
    await button('To the sites').click();
    await page.getByRole('heading', { name: 'The docs' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says at a field what is wrong with it, and keeps what was typed', async () => {
    const { show, button, field, page, api } = await start();
    await show();
    await button('Add a site').click();
    await field('Id').fill('docs');
    await field('Base URLs').fill('https://docs.example\nnonsense');
    await field('Path patterns').fill('/user/:id');
    await button('Add a site').click();
    await page.getByText('Line 2 is "nonsense"; it should be a scheme and a host').waitFor();
    expect(await field('Base URLs').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => field('Base URLs').evaluate((node) => node.matches(':focus'))).toBe(true);
    expect(await field('Path patterns').inputValue()).toBe('/user/:id');
    await field('Id').fill('blog');
    await field('Base URLs').fill('https://docs.example');
    await button('Add a site').click();
    // What is about several fields stands below them.
    await page.locator('form > [role=alert]', { hasText: /blog/ }).waitFor();
    expect(await field('Base URLs').inputValue()).toBe('https://docs.example');
    expect((await api('{administeredSites{id}}'))['administeredSites']).toEqual([{ id: 'blog' }]);
  });

  it('changes a site, and shows chosen pages and figures of it', async () => {
    const { show, button, field, page, api, told } = await start();
    await api(
      'mutation{createSite(input:{id:"docs" baseUrls:["https://docs.example"] retentionDays:90}){id}}',
    );
    await show();
    await button('Settings of docs').click();
    expect(await field('Public pages').isVisible()).toBe(false);
    expect(await field('Days that visits are kept').inputValue()).toBe('90');
    await page.getByLabel('Everybody, some of them').check();
    await field('Public pages').fill('/about\n/blog/*');
    await page.getByLabel('Votes on pages').check();
    await field('Id').fill('manual');
    await field('Days that visits are kept').fill('0');
    await button('Save').click();
    await page.getByText('Saved: docs').waitFor();
    expect(await told()).toEqual([{ what: 'site', site: 'manual' }]);
    const { administeredSites } = await api(
      '{administeredSites{id retentionDays visibility publicPages publicFigures}}',
    );
    expect(administeredSites?.[1]).toEqual({
      id: 'manual',
      retentionDays: null,
      visibility: 'SELECTED',
      publicPages: ['/about', '/blog/*'],
      publicFigures: ['VOTES'],
    });
  });

  it('shows a site of the configuration, and says where it is changed', async () => {
    const { show, button, page, row } = await start();
    await show();
    expect(await row('From the configuration').getByRole('button').allInnerTexts()).toEqual(['Settings']);
    await button('Settings of blog').click();
    await page.getByText('change it there, and start again').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await button('Back').click();
    await button('Settings of blog').waitFor();
  });

  it('archives a site, restores it, and deletes it once its id is typed', async () => {
    const { show, button, page, api, told, service, row } = await start();
    const origin = service.site.url.replace('127.0.0.1', 'localhost');
    await api(`mutation{createSite(input:{id:"docs" baseUrls:["${origin}"] minDelaySecs:0}){id}}`);
    await service.visit('/a', { site: 'docs' });
    await show();
    await button('Archive docs').click();
    await row('docs').getByText('Archived').waitFor();
    await button('Restore docs').click();
    await row('docs').getByText('Active').waitFor();

    await button('Delete docs').click();
    const dialog = page.getByRole('dialog', { name: 'Delete docs' });
    await dialog.getByLabel('Type docs to confirm').fill('dogs');
    await dialog.getByRole('button', { name: 'Delete for ever' }).click();
    await dialog.getByText('That is not the id of the site.').waitFor();
    expect((await api('{administeredSites{id}}'))['administeredSites']).toHaveLength(2);
    await dialog.getByLabel('Type docs to confirm').fill('docs');
    await page.keyboard.press('Enter');
    await dialog.getByText(/docs is gone: [1-9]\d* rows, 1 of them visits\./).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => row('docs').count()).toBe(0);
    expect((await api('{administeredSites{id}}'))['administeredSites']).toEqual([{ id: 'blog' }]);
    expect(await told()).toEqual(Array(3).fill({ what: 'site', site: 'docs' }));
  });

  it('makes a token that is shown once and works, and revokes it', async () => {
    const { show, button, field, page, api, told, service, row } = await start();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await show('view="tokens"');
    await page.getByText('There are no tokens here.').waitFor();
    await button('Create a token').click();
    await field('Name').fill('server of the shop');
    await page.getByRole('checkbox', { name: /^Send/ }).check();
    await field('Site').selectOption('blog');
    await field('Expires').selectOption('After a day…');
    await field('Last day').fill('2099-12-31');
    await button('Create a token').click();
    await button('Copy').click();
    await page.getByRole('status').getByText('Copied').waitFor();
    const secret = String(await page.evaluate('navigator.clipboard.readText()'));
    expect((await api('{viewer{name scopes site}}', secret))['viewer']).toEqual({
      name: 'server of the shop',
      scopes: ['READ', 'SEND'],
      site: 'blog',
    });
    await button('I have copied it').click();
    await row('server of the shop')
      .getByText(/Jan 1, 2100|Dec 31, 2099/)
      .waitFor();
    expect(
      await page.locator('oxi-administration').evaluate((node) => node.shadowRoot?.textContent),
    ).not.toContain(secret);

    await button('Revoke server of the shop').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await row('server of the shop').getByText('Revoked').waitFor();
    const { errors } = await ask(service.url, '{viewer{name}}', {}, { authorization: `Bearer ${secret}` });
    expect(errors?.[0]?.extensions?.['code']).toBe('INVALID_TOKEN');
    expect(await told()).toEqual(Array(2).fill({ what: 'token', site: 'blog' }));
  });

  it('makes no token that is good for nothing, and says so', async () => {
    const { show, button, field, page } = await start();
    await show('view="tokens"');
    await button('Create a token').click();
    await field('Name').fill('nothing');
    await page.getByRole('checkbox', { checked: true }).uncheck();
    await button('Create a token').click();
    await page.getByText('This is empty; give at least one of READ').waitFor();
    expect(await field('Name').inputValue()).toBe('nothing');
  });

  it('makes a link to what is on show, and lists it', async () => {
    const { show, button, field, page, api, row, service } = await start();
    await show(`view="share" site="blog" range="last-7-days" filter='{"country":"DE"}'`);
    await field('Name').fill('For Ada');
    await field('Expires').selectOption('In 7 days');
    await page.getByLabel('Only what is on show: Last 7 days · Country Germany').check();
    await button('Create a link').click();
    const link = await page.getByLabel('Your new link').innerText();
    expect(link.startsWith(`${service.url}/?site=blog#token=oxi_`)).toBe(true);
    const viewer = await api(
      '{viewer{scopes site filter{dimension value} range{preset}}}',
      link.split('#token=')[1],
    );
    expect(viewer['viewer']).toEqual({
      scopes: ['READ'],
      site: 'blog',
      filter: [{ dimension: 'COUNTRY', value: 'DE' }],
      range: { preset: 'LAST_7_DAYS' },
    });
    await row('For Ada').getByText('Only Last 7 days · Country Germany').waitFor();
    await button('Revoke For Ada').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('None yet.').waitFor();
  });

  it('tells who changed what, newest first, and more where there is more', async () => {
    const { show, button, page, api } = await start();
    await api('mutation{createSite(input:{id:"docs" baseUrls:["https://docs.example"] timeZone:"UTC"}){id}}');
    for (let day = 3; day < 55; day++)
      await api(`mutation{updateSite(id:"docs" input:{retentionDays:${day}}){id}}`);
    await api('mutation{updateSite(id:"docs" input:{timeZone:"Europe/Berlin"}){id}}');
    await show('view="log" site="docs"');
    const entries = page.locator('oxi-administration').locator('[part=entry]');
    await expect.poll(() => entries.count()).toBe(50);
    expect(await entries.first().innerText()).toMatch(
      /^admin_token changed the site docs\s+Time zone: UTC → Europe\/Berlin/,
    );
    await button('More').click();
    await expect.poll(() => entries.count()).toBe(54);
    expect(await entries.last().innerText()).toMatch(/^admin_token added the site docs/);
    expect(await button('More').count()).toBe(0);
  });

  it('shows who administers one site no more than that', async () => {
    const { show, button, field, page, api, tokenFor } = await start();
    await api('mutation{createSite(input:{id:"docs" baseUrls:["https://docs.example"]}){id}}');
    await show('', await tokenFor('scopes:[ADMINISTER_SITE] site:"docs"'));
    await button('Settings of docs').waitFor();
    expect(await button('Add a site').count()).toBe(0);
    expect(await button('Settings of blog').count()).toBe(0);
    await page.getByRole('tab', { name: 'Tokens' }).click();
    await button('Create a token').click();
    expect(await field('Site').locator('option').allInnerTexts()).toEqual(['docs']);
    expect(await page.getByRole('checkbox').count()).toBe(3);
    await field('Name').fill('mine');
    await button('Create a token').click();
    await page.getByText('Your new token').waitFor();
  });

  it('says in a sentence that a token is missing, wrong or too small', async () => {
    const { show, page, tokenFor } = await start();
    await show('', null);
    await page.getByText('Sites are administered with a token that may do so').waitFor();
    await show('', 'oxi_0123456789ab_nonsense');
    await page.getByText('This token is not valid').waitFor();
    await show('', await tokenFor('scopes:[READ]'));
    await page.getByText('administers no site').waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
  });

  it('is used with the keyboard, and the focus is where reading goes on', async () => {
    const { show, page, field } = await start();
    await show();
    const focused = () =>
      page.evaluate(() =>
        document.querySelector('oxi-administration')?.shadowRoot?.activeElement?.textContent?.trim(),
      );
    await page.getByRole('tab', { name: 'Sites' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Tokens' }).waitFor();
    expect(await focused()).toBe('Tokens');
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'Log' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Add a site');
    await page.keyboard.press('Enter');
    await field('Id').waitFor();
    await expect.poll(focused).toBe('Add a site');
    await page.keyboard.press('Tab');
    await page.keyboard.type('docs');
    expect(await field('Id').inputValue()).toBe('docs');
  });

  it('shows shapes while it reads, says that the service is away, and goes on when it is back', async () => {
    const { show, page, button, shift } = await start();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql*', async (route) => {
      await held;
      await route.abort();
    });
    await show();
    await page.getByText('Reading', { exact: true }).waitFor({ state: 'attached' });
    answer();
    await page.getByText('The service does not answer').waitFor();
    await page.unroute('**/graphql*');
    await button('Try again').click();
    await button('Settings of blog').waitFor();
    expect(await shift()).toBe(0);
  });

  it('says everything in the words of the page', async () => {
    const { show, page } = await start();
    await show(`lang="de" words='{"sites":"Websites","add-site":"Website hinzufügen"}'`);
    await page.getByRole('tab', { name: 'Websites' }).waitFor();
    await page.getByRole('button', { name: 'Website hinzufügen' }).waitFor();
  });

  it.each([
    ['1280 px, light', 1_280, 'light'],
    ['1280 px, dark', 1_280, 'dark'],
    ['320 px, light', 320, 'light'],
  ] as const)(
    'is accessible, and no wider than the page (%s)',
    async (_name, width, colorScheme) => {
      const { show, page, button, api, tokenFor, complaints } = await start();
      await api('mutation{createSite(input:{id:"docs" baseUrls:["https://docs.example"]}){id}}');
      await api('mutation{createSite(input:{id:"old" baseUrls:["https://old.example"]}){id}}');
      await api('mutation{archiveSite(id:"old"){id}}');
      await tokenFor(
        'scopes:[READ] site:"docs" filter:{page:"/a-page-with-a-very-long-path/and-more-of-it"}',
      );
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const check = async () => {
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      };
      for (const view of VIEWS) {
        await show(`view="${view}" site="docs"`);
        await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
        await check();
      }
      await show();
      await button('Delete docs').click();
      await check();
      await page.keyboard.press('Escape');
      await button('Settings of blog').click();
      await check();
      await button('Back').click();
      await button('Add a site').click();
      await page.getByLabel('Everybody, some of them').check();
      await page.getByLabel('Id', { exact: true }).fill('No');
      await page.getByLabel('Base URLs').fill('x');
      await button('Add a site').click();
      await page.getByText('This is "No"').waitFor();
      await check();
      await show('view="tokens"');
      await button('Create a token').click();
      await check();
      expect(complaints).toEqual([]);
    },
    120_000,
  );
});

/** What axe finds wrong, a line each. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Found = { id: string; nodes: { target: unknown[]; failureSummary: string }[] };
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Found[] }> };
    };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
    );
  });
}
