import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './ports.ts';

/** How far the clocks of both may be apart, and how long a proof can be shown again, in milliseconds. */
const LIFETIME_MS = 600_000;
const FORM = /^(\d{1,15})\.([0-9a-f]{64})$/;

/**
 * Shows that somebody can read the secrets of an instance, and so runs it, without showing any of them: what is sent is
 * good for minutes, for one question, and for nothing else.
 */
export interface OperatorProof {
  make(): string;
  /** Whether a text is a proof of this instance, of now. */
  holds(text: string): boolean;
}

/** @param key one that only processes with the secrets of the instance have, and that serves nothing else */
export function createOperatorProof(key: Uint8Array, clock: Clock): OperatorProof {
  const seal = (at: number) => createHmac('sha256', key).update(String(at)).digest();
  return {
    make() {
      const at = clock();
      return `${at}.${seal(at).toString('hex')}`;
    },
    holds(text) {
      const [, written, shown = ''] = FORM.exec(text) ?? [];
      const at = Number(written);
      if (written === undefined || Math.abs(clock() - at) > LIFETIME_MS) return false;
      return timingSafeEqual(seal(at), Buffer.from(shown, 'hex'));
    },
  };
}
