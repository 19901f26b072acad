/** What is known of a piece of work. Never who asked for it, nor of what: no addresses, paths or visit ids. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Notes how long the parts of an answer take, and which is part of which. */
export interface Spans {
  /** Runs the work as a part of whatever runs now. One that throws is noted as failed. */
  around<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
}
