import type { Instant } from '../domain/instant.ts';
import type { Budgets, Taking } from '../domain/ports.ts';

// As long as a caller waits where the one that keeps the budgets does not answer.
const PATIENCE_MS = 1_000;

/** Something to take from a budget. */
export interface BudgetRequest {
  readonly key: string;
  readonly taking: Taking;
  readonly now: Instant;
}

/**
 * Asks the process that keeps the budgets of all workers of the machine.
 * @returns one answer a request, each as {@link Budgets.take} gives it
 */
export type AskForBudgets = (requests: readonly BudgetRequest[]) => Promise<readonly number[]>;

/**
 * The budgets of a worker, kept in one place for all of them. To divide them by the number of workers would need no
 * words between processes, and be wrong: the connections of a caller are spread unevenly, and one that is kept open
 * would have a fraction of what it may.
 *
 * What is asked for while a question is under way goes into the next one, so that many callers take as few of them as
 * one. Without an answer in time everything is let through.
 */
export function createWorkersBudgets(ask: AskForBudgets): Budgets {
  let waiting: Waiting[] = [];
  let asking = false;

  async function askOn(): Promise<void> {
    asking = true;
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      const waits = await inTime(ask(asked.map(({ request }) => request)));
      for (const [index, { answer }] of asked.entries()) answer(waits[index] ?? 0);
    }
    asking = false;
  }

  return {
    take: (key, taking, now) =>
      new Promise((answer) => {
        waiting.push({ request: { key, taking, now }, answer });
        if (!asking) void askOn();
      }),
  };
}

/** Takes for a worker what it asks for, in that order. */
export function answerFrom(budgets: Budgets): AskForBudgets {
  return (requests) => Promise.all(requests.map(({ key, taking, now }) => budgets.take(key, taking, now)));
}

interface Waiting {
  readonly request: BudgetRequest;
  readonly answer: (waitMs: number) => void;
}

async function inTime(answer: Promise<readonly number[]>): Promise<readonly number[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<readonly number[]>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, []);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
