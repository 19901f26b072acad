import { localOrigin } from '../config/address.ts';
import type { Config } from '../config/config.ts';

/** Where browsers reach the instance; null where only a running service knows, as it takes any free port. */
export function baseUrlOf({ baseUrl, socketAddress }: Config): string | null {
  if (baseUrl !== null) return baseUrl;
  return socketAddress.port === 0 ? null : localOrigin(socketAddress);
}
