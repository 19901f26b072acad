/** What a key can do. */
export type Action =
  | 'help'
  | 'earlier'
  | 'later'
  | 'compare'
  | 'clear'
  | 'site'
  | 'download'
  | 'back'
  | { readonly range: string };

/** A key and what it does. */
export interface Shortcut {
  readonly key: string;
  readonly action: Action;
  /** Name of the words that say so. */
  readonly word: string;
}

/** All keys, in the order in which they are listed. */
export const SHORTCUTS: readonly Shortcut[] = [
  { key: '?', action: 'help', word: 'key-help' },
  { key: 't', action: { range: 'today' }, word: 'today' },
  { key: 'y', action: { range: 'yesterday' }, word: 'yesterday' },
  { key: 'h', action: { range: 'last-24-hours' }, word: 'last-24-hours' },
  { key: 'w', action: { range: 'last-7-days' }, word: 'last-7-days' },
  { key: 'm', action: { range: 'last-30-days' }, word: 'last-30-days' },
  { key: 'j', action: 'earlier', word: 'earlier' },
  { key: 'k', action: 'later', word: 'later' },
  { key: 'c', action: 'compare', word: 'key-compare' },
  { key: 'x', action: 'clear', word: 'clear-all' },
  { key: 'b', action: 'back', word: 'key-back' },
  { key: 's', action: 'site', word: 'key-site' },
  { key: 'd', action: 'download', word: 'download' },
];

/** What of a key press matters. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
  /** From the innermost element outwards. */
  composedPath(): readonly unknown[];
}

/** What a key press asks for; undefined for nothing, as while somebody types or a dialog is open. */
export function actionOf(press: Press): Action | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing || press.defaultPrevented)
    return undefined;
  if (press.composedPath().some(takesKeys)) return undefined;
  return SHORTCUTS.find(({ key }) => key === press.key)?.action;
}

const TAKING = ['INPUT', 'TEXTAREA', 'SELECT', 'DIALOG'];

function takesKeys(node: unknown): boolean {
  const { tagName, isContentEditable } = node as { tagName?: string; isContentEditable?: boolean };
  return isContentEditable === true || (tagName !== undefined && TAKING.includes(tagName));
}
