import { randomBytes, randomFillSync } from 'node:crypto';
import type { RandomBytes } from './domain/ports.ts';

const STOCK_SIZE = 4_096;
/** What is longer is a secret or a salt, which is made seldom and lies nowhere else. */
const MAX_OF_STOCK = 16;

/**
 * Bytes of the system's generator. A few at a time come from a stock, since asking for twelve of them takes half as long
 * as the encryption that they are for. What was given is wiped from it.
 */
export function createRandomBytes(): RandomBytes {
  const stock = Buffer.alloc(STOCK_SIZE);
  let used = STOCK_SIZE;

  return (size) => {
    if (size > MAX_OF_STOCK) return randomBytes(size);
    if (used + size > STOCK_SIZE) {
      randomFillSync(stock);
      used = 0;
    }
    const given = Buffer.from(stock.subarray(used, used + size));
    stock.fill(0, used, used + size);
    used += size;
    return given;
  };
}
