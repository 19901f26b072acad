import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { DomainError } from './errors.ts';
import type { Instant } from './instant.ts';
import type { RandomBytes } from './ports.ts';
import type { SealedVisit } from './visit.ts';

// A visit id in bytes: a header in clear (version, which key, which day), then AES-256-GCM's nonce, the encrypted
// visit and the tag. 75 characters of base64url.
const VERSION = 2;
const HEADER_SIZE = 5;
const GCM_NONCE_SIZE = 12;
const BODY_SIZE = 23;
const TAG_SIZE = 16;
const SIZE = HEADER_SIZE + GCM_NONCE_SIZE + BODY_SIZE + TAG_SIZE;
const TEXT = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((SIZE * 4) / 3)}}$`);
const DAY_MS = 86_400_000;
// The days that an id can be of before it expires, and the next one for a clock that is ahead.
const CACHED_DAY_KEYS = 5;

/** Seals and opens visit ids under one secret. */
export interface VisitSeal {
  /** Tells in the id's header which secret sealed it. */
  readonly keyId: number;
  seal(visit: SealedVisit): string;
  /** @returns null where the id was tampered with */
  open(id: Buffer): SealedVisit | null;
}

/**
 * @param secret any bytes with at least 256 bits of entropy. Each day has a key of its own, derived by HKDF-SHA-256
 * (RFC 5869), so that no key ever seals more than the 2^32 messages that random 96-bit nonces are good for
 * (NIST SP 800-38D, section 8.3)
 */
export function createVisitSeal(secret: Uint8Array, randomBytes: RandomBytes): VisitSeal {
  const keyId = createHash('sha256').update('oxicount visit id').update(secret).digest().readUInt16BE();
  const dayKeys = new Map<number, KeyObject>();

  function dayKey(day: number): KeyObject {
    let key = dayKeys.get(day);
    if (!key) {
      const bytes = hkdfSync('sha256', secret, '', `oxicount visit id v${VERSION} day ${day}`, 32);
      // Prepared once for each use: a fifth of the time of a seal.
      key = createSecretKey(Buffer.from(bytes));
      if (dayKeys.size >= CACHED_DAY_KEYS) dayKeys.delete(Math.min(...dayKeys.keys()));
      dayKeys.set(day, key);
    }
    return key;
  }

  return {
    keyId,
    seal(visit) {
      const day = Math.floor(visit.registeredAt / DAY_MS);
      const id = Buffer.allocUnsafe(SIZE);
      id.writeUInt8(VERSION, 0);
      id.writeUInt16BE(keyId, 1);
      id.writeUInt16BE(day, 3);
      const nonce = randomBytes(GCM_NONCE_SIZE);
      id.set(nonce, HEADER_SIZE);
      const cipher = createCipheriv('aes-256-gcm', dayKey(day), nonce);
      cipher.setAAD(id.subarray(0, HEADER_SIZE));
      id.set(cipher.update(writeBody(visit)), HEADER_SIZE + GCM_NONCE_SIZE);
      cipher.final();
      id.set(cipher.getAuthTag(), SIZE - TAG_SIZE);
      return id.toString('base64url');
    },
    open(id) {
      const nonce = id.subarray(HEADER_SIZE, HEADER_SIZE + GCM_NONCE_SIZE);
      const decipher = createDecipheriv('aes-256-gcm', dayKey(id.readUInt16BE(3)), nonce);
      decipher.setAAD(id.subarray(0, HEADER_SIZE));
      decipher.setAuthTag(id.subarray(SIZE - TAG_SIZE));
      const body = decipher.update(id.subarray(HEADER_SIZE + GCM_NONCE_SIZE, SIZE - TAG_SIZE));
      try {
        decipher.final();
      } catch {
        return null;
      }
      return readBody(body);
    },
  };
}

/**
 * The bytes of a visit id and which secret sealed it.
 * @throws DomainError `INVALID_VISIT_ID` where the text cannot be an id of ours, `VISIT_EXPIRED` where its header
 * says that it is older than the lifetime: then no key needs to be derived for it
 */
export function parseVisitId(text: string, now: Instant, lifetimeMs: number): { id: Buffer; keyId: number } {
  if (!TEXT.test(text)) throw invalidVisitId();
  const id = Buffer.from(text, 'base64url');
  // The last character has bits to spare; one visit has one id all the same.
  if (id.readUInt8(0) !== VERSION || id.toString('base64url') !== text) throw invalidVisitId();
  const day = id.readUInt16BE(3);
  if ((day + 1) * DAY_MS < now - lifetimeMs) throw expiredVisit();
  if (day * DAY_MS > now + DAY_MS) throw invalidVisitId();
  return { id, keyId: id.readUInt16BE(1) };
}

/** The refusal of an id that no secret of this instance sealed. */
export function invalidVisitId(): DomainError {
  return new DomainError(
    'INVALID_VISIT_ID',
    'The visit id was not sealed by this instance. Register the page to get one.',
  );
}

/** The refusal of an id whose registration is too old. */
export function expiredVisit(): DomainError {
  return new DomainError('VISIT_EXPIRED', 'The registration is too old. Register the page again.');
}

function writeBody({ siteId, pageId, registeredAt, nonce, filtered }: SealedVisit): Buffer {
  const body = Buffer.allocUnsafe(BODY_SIZE);
  body.writeUInt32BE(siteId, 0);
  body.writeUIntBE(pageId, 4, 6);
  body.writeUIntBE(registeredAt, 10, 6);
  body.writeUIntBE(nonce, 16, 6);
  body.writeUInt8(filtered ? 1 : 0, 22);
  return body;
}

function readBody(body: Buffer): SealedVisit {
  return {
    siteId: body.readUInt32BE(0),
    pageId: body.readUIntBE(4, 6),
    registeredAt: body.readUIntBE(10, 6),
    nonce: body.readUIntBE(16, 6),
    filtered: body.readUInt8(22) === 1,
  };
}
