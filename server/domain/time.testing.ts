import type { Schedule } from './schedule.ts';
import { createClock, type FakeClock, settled } from './world.testing.ts';

/** A clock, and what is to be done by it. */
export interface TestTime {
  readonly clock: FakeClock;
  readonly schedule: Schedule;
  /** How many tasks are still to be done. */
  waiting(): number;
  /** Lets time pass, with what is due meanwhile. */
  pass(milliseconds: number): Promise<void>;
}

/** Time that passes when a test says so, and runs what it was asked to meanwhile. */
export function createTime(): TestTime {
  const clock = createClock();
  const tasks = new Set<{ readonly due: number; readonly run: () => void }>();
  const schedule: Schedule = (run, milliseconds) => {
    const task = { due: clock.now() + milliseconds, run };
    tasks.add(task);
    return () => tasks.delete(task);
  };
  return {
    clock,
    schedule,
    waiting: () => tasks.size,
    async pass(milliseconds: number) {
      const end = clock.now() + milliseconds;
      await settled();
      while (true) {
        const [next] = [...tasks].sort((a, b) => a.due - b.due);
        if (!next || next.due > end) break;
        clock.pass(next.due - clock.now());
        tasks.delete(next);
        next.run();
        await settled();
      }
      clock.pass(end - clock.now());
      await settled();
    },
  };
}
