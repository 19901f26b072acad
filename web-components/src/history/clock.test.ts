import { afterEach, describe, expect, it, vi } from 'vitest';
import { clockOf } from './clock.ts';

const at = Date.parse('2026-03-29T00:30:00Z');
const style = { hour: 'numeric', minute: '2-digit' } as const;

afterEach(() => vi.restoreAllMocks());

describe('the clocks of a site', () => {
  it.each([
    ['UTC', '2026-03-29T00:30:00Z'],
    ['Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['Asia/Kathmandu', '2026-03-29T06:15:00Z'],
    ['+05:45', '2026-03-29T06:15:00Z'],
    ['-03:30', '2026-03-28T21:00:00Z'],
  ])('show in %s what they show there', (timeZone, shown) => {
    expect(clockOf(timeZone, 'en').local(at)).toBe(Date.parse(shown));
  });

  it('know fixed offsets where the browser does not', () => {
    const { DateTimeFormat } = Intl;
    vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function older(language, options) {
      if (/^[+-]/.test(options?.timeZone ?? ''))
        throw new RangeError(`Invalid time zone: ${options?.timeZone}`);
      return new DateTimeFormat(language, options);
    } as typeof Intl.DateTimeFormat);
    for (const [offset, time, local] of [
      ['+05:45', '6:15', '2026-03-29T06:15:00Z'],
      ['-03:30', '21:00', '2026-03-28T21:00:00Z'],
    ] as const) {
      const clock = clockOf(offset, 'en-GB');
      expect(clock.format(at, style)).toContain(time);
      expect(clock.local(at)).toBe(Date.parse(local));
    }
  });

  it('are those of the browser in a zone that it does not know', () => {
    const clock = clockOf('Atlantis/Capital', 'en-GB');
    expect(clock.format(at, style)).toBe(new Intl.DateTimeFormat('en-GB', style).format(at));
  });
});
