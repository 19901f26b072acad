/** A function that can be called often and does its work seldom. */
export interface Paced {
  /** Works now, or once the pause since the last time is over. */
  call(): void;
  /** Forgets work that is still due. */
  stop(): void;
}

/** Runs `work` at once when called, then at most once in every `pauseMs`, the last call always included. */
export function paced(work: () => void, pauseMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  const run = () => {
    due = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (due) run();
    }, pauseMs);
    work();
  };
  return {
    call() {
      due = true;
      if (timer === undefined) run();
    },
    stop() {
      due = false;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
