import { beforeEach, describe, expect, it } from 'vitest';
import { type Places, Session } from './session.ts';

/** A storage as browsers have it, as far as a session needs it. */
function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

describe('a session', () => {
  const instance = 'https://count.example/';
  let places: Places;
  beforeEach(() => {
    places = { tab: storage(), browser: storage() };
  });
  const afterClosingTheTab = () => new Session(instance, { ...places, tab: storage() });

  it('ends with the tab', () => {
    new Session(instance, places).keep('secret', 'tab');
    expect(new Session(instance, places).token).toBe('secret');
    expect(afterClosingTheTab().token).toBeUndefined();
  });

  it('lasts where somebody wants to stay signed in', () => {
    new Session(instance, places).keep('secret', 'browser');
    expect(afterClosingTheTab().token).toBe('secret');
  });

  it('leaves nothing behind when somebody signs out', () => {
    const session = new Session(instance, places);
    session.keep('secret', 'browser');
    session.forget();
    expect(session.token).toBeUndefined();
    expect(new Session(instance, places).token).toBeUndefined();
  });

  it('is with one instance only', () => {
    new Session(instance, places).keep('secret', 'browser');
    expect(new Session('https://other.example/', places).token).toBeUndefined();
  });

  it('lasts as long as the page where nothing may be kept', () => {
    const session = new Session(instance, { tab: undefined, browser: undefined });
    session.keep('secret', 'browser');
    expect(session.token).toBe('secret');
  });
});
