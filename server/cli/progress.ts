const REDRAW_MS = 200;
const STEPS = 10;

/** Where progress is shown: standard error, or what a test looks at. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** How far a long piece of work is, for those who wait for it. */
export interface Progress {
  /** @param done how much is done so far */
  show(done: number): void;
  /** Takes away the line that was drawn, if there is one. */
  end(): void;
}

/**
 * On a terminal a line that is drawn anew; elsewhere, as in logs, a line for each tenth.
 * @param total how much there is to do, of what `unit` names; null where nobody knows, which is shown on a terminal only
 * @param clock milliseconds
 */
export function createProgress(options: {
  readonly total: number | null;
  readonly unit: string;
  readonly output: ProgressOutput;
  readonly clock: () => number;
}): Progress {
  const { total, unit, output, clock } = options;
  // What comes before the first of them, such as opening a database, says nothing about the rest.
  let first: { readonly at: number; readonly done: number } | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  let step = 0;

  function describe(done: number): string {
    first ??= { at: clock(), done };
    const elapsed = clock() - first.at;
    if (total === null) {
      const pace = elapsed > 0 ? `, ${format(Math.round((1000 * (done - first.done)) / elapsed))}/s` : '';
      return `${format(done)} ${unit}${pace}`;
    }
    const percent = Math.floor((100 * done) / total);
    const rate = (1000 * (done - first.done)) / elapsed;
    const pace =
      rate > 0 ? `, ${format(Math.round(rate))}/s, ${Math.ceil((total - done) / rate)} s left` : '';
    return `${format(done)} of ${format(total)} ${unit} (${percent} %)${pace}`;
  }

  return {
    show(done) {
      if (output.isTTY) {
        if (clock() - drawnAt < REDRAW_MS) return;
        drawnAt = clock();
        isDrawn = true;
        output.write(`\r\u001b[K${describe(done)}`);
      } else if (total !== null && done * STEPS >= (step + 1) * total) {
        step = Math.floor((done * STEPS) / total);
        output.write(`${describe(done)}\n`);
      }
    },
    end() {
      if (isDrawn) output.write('\r\u001b[K');
      isDrawn = false;
    },
  };
}

/** `1,000,000` */
export function format(count: number): string {
  return count.toLocaleString('en');
}
