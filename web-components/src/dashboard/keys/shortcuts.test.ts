import { describe, expect, it } from 'vitest';
import { actionOf, type Press, SHORTCUTS } from './shortcuts.ts';

const press = (key: string, of: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
  composedPath: () => [{ tagName: 'BUTTON' }, { tagName: 'BODY' }, {}],
  ...of,
});

describe('a key', () => {
  it('does what is listed', () => {
    expect(actionOf(press('?'))).toBe('help');
    expect(actionOf(press('t'))).toEqual({ range: 'today' });
    expect(actionOf(press('q'))).toBeUndefined();
  });

  it.each([
    'ctrlKey',
    'metaKey',
    'altKey',
    'isComposing',
    'defaultPrevented',
  ])('does nothing where it means something else: %s', (what) =>
    expect(actionOf(press('t', { [what]: true }))).toBeUndefined());

  it.each(['INPUT', 'TEXTAREA', 'SELECT', 'DIALOG'])('does nothing within %s', (tagName) =>
    expect(actionOf(press('t', { composedPath: () => [{ tagName }] }))).toBeUndefined());

  it('does nothing in text that is edited', () => {
    expect(
      actionOf(press('t', { composedPath: () => [{ tagName: 'DIV', isContentEditable: true }] })),
    ).toBeUndefined();
  });

  it('does one thing', () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length);
  });
});
