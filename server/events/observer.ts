/** Told of what goes between processes, in batches. */
export interface BusObserver {
  /** The others were told. */
  sent(): void;
  /** The others could not be told. */
  lost(): void;
  /** @param lagMs since the oldest commit that it tells of, by the clocks of both; null where it does not say */
  received(lagMs: number | null): void;
  /** Others told something that this process missed. */
  missed(): void;
}

/** Where nobody looks. */
export const NO_OBSERVER: BusObserver = { sent() {}, lost() {}, received() {}, missed() {} };
