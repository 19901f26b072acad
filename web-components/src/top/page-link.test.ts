import { describe, expect, it } from 'vitest';
import { pageLink } from './page-link.ts';

describe('the link of a value', () => {
  it.each([
    ['page', '/posts/one', 'https://blog.example', 'https://blog.example/posts/one'],
    ['entry-page', '/caf%C3%A9', 'https://blog.example/', 'https://blog.example/caf%C3%A9'],
    ['page', '//other.example', 'https://blog.example', 'https://blog.example//other.example'],
  ])('%s %s leads to the site', (dimension, value, baseUrl, link) =>
    expect(pageLink(dimension, value, baseUrl)).toBe(link));

  it.each([
    ['page', '/posts/one', null],
    ['page', '/posts/one', 'javascript:alert(1)//'],
    ['page', '@other.example', 'https://blog.example'],
    ['referrer', 'news.example', 'https://blog.example'],
  ])('%s %s has none on %s', (dimension, value, baseUrl) =>
    expect(pageLink(dimension, value, baseUrl)).toBeUndefined());
});
