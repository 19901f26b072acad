/** What a token is good for, with what each is. */
export const scopes = {
  READ: 'Read the figures of its site, or of all sites.',
  SEND: 'Send visits from a server, for readers whose address it says in `X-Forwarded-For`.',
  ADMINISTER_SITE: 'Change, archive and delete its site, and make tokens for it. Reads and sends too.',
  ADMINISTER_INSTANCE: 'Everything, on all sites: makes sites, and tokens of any kind.',
} as const;
export type Scope = keyof typeof scopes;
export const SCOPES = Object.keys(scopes) as readonly Scope[];

const ALSO: Readonly<Record<Scope, readonly Scope[]>> = {
  READ: [],
  SEND: [],
  ADMINISTER_SITE: ['READ', 'SEND'],
  ADMINISTER_INSTANCE: ['READ', 'SEND', 'ADMINISTER_SITE'],
};

/** Whether one of the scopes is this one, or has it within. */
export function allows(given: readonly Scope[], scope: Scope): boolean {
  return given.some((one) => one === scope || ALSO[one].includes(scope));
}
