/** Does something later. @returns a function that takes it back */
export type Schedule = (task: () => void, milliseconds: number) => () => void;

/** By the timers of the process, which ends whether or not there are any. */
export const byTimers: Schedule = (task, milliseconds) => {
  const timer = setTimeout(task, milliseconds).unref();
  return () => clearTimeout(timer);
};
