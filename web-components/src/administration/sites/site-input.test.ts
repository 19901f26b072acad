import { expect, it } from 'vitest';
import { siteInputOf } from './site-input.ts';

function formOf(values: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) form.append(name, String(one));
  return form;
}

it('lists have a line each, and neither blank lines nor spaces around them', () => {
  const { baseUrls, pathPatterns } = siteInputOf(
    formOf({ baseUrls: ' https://a.example \r\n\nhttps://b.example\n', pathPatterns: '/user/:id' }),
  );
  expect(baseUrls).toEqual(['https://a.example', 'https://b.example']);
  expect(pathPatterns).toEqual(['/user/:id']);
});

it('of what is left empty nothing is said, but that pages are asked for at the first base URL', () => {
  const input = siteInputOf(
    formOf({ id: 'blog', name: '', baseUrls: 'https://a.example', callbackOrigin: ' ', minDelaySecs: '' }),
  );
  expect(JSON.parse(JSON.stringify(input))).toEqual({
    id: 'blog',
    baseUrls: ['https://a.example'],
    callbackOrigin: 'https://a.example',
    pathPatterns: [],
  });
});

it('0 is a number, and no is an answer', () => {
  expect(siteInputOf(formOf({ minDelaySecs: '0', retentionDays: '0', respectDnt: 'false' }))).toMatchObject({
    minDelaySecs: 0,
    retentionDays: 0,
    respectDnt: false,
  });
});

it('pages and figures that are public are chosen where not all are', () => {
  const chosen = { publicPages: '/about\n/blog/*', publicFigures: ['COUNTS', 'VOTES'] };
  expect(siteInputOf(formOf({ ...chosen, visibility: 'SELECTED' }))).toMatchObject({
    publicPages: ['/about', '/blog/*'],
    publicFigures: ['COUNTS', 'VOTES'],
  });
  expect(siteInputOf(formOf({ ...chosen, visibility: 'PUBLIC' })).publicPages).toBeUndefined();
  expect(siteInputOf(formOf({ visibility: 'SELECTED' }))).toMatchObject({
    publicPages: [],
    publicFigures: [],
  });
});
