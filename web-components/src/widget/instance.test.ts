import { describe, expect, it } from 'vitest';
import { endpointOf, instanceAt } from './instance.ts';

const page = 'https://blog.example/posts/one';
const servedFrom = new URL('.', import.meta.url).href;

describe('the instance of a widget', () => {
  it.each([
    ['https://count.example', 'https://count.example/'],
    ['https://count.example/stats', 'https://count.example/stats/'],
    ['/count/', 'https://blog.example/count/'],
  ])('is at the url given: %s', (url, instance) => expect(instanceAt(url, page)).toBe(instance));

  it.each([
    null,
    undefined,
    '',
    'https://',
  ])('is where the script came from without a usable url: %s', (url) =>
    expect(instanceAt(url, page)).toBe(servedFrom));

  it('answers GraphQL beside its script', () => {
    expect(endpointOf('https://count.example/stats/')).toBe('https://count.example/stats/graphql');
  });
});
