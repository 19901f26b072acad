export const BADGE_STYLES = ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social'] as const;

/** What a badge says, and how it looks. */
export interface Badge {
  /** Empty for a badge without one. */
  readonly label: string;
  readonly message: string;
  /** A name, or digits behind a number sign. */
  readonly color: string;
  readonly labelColor?: string | undefined;
  readonly style?: (typeof BADGE_STYLES)[number] | undefined;
}

// What no XML document can hold, however it is written.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The badge as a picture. */
export async function svgOf({ label, message, ...look }: Badge): Promise<string> {
  // A million bytes of what widths letters have, of which an instance without badges need keep nothing.
  const { makeBadge } = await import('badge-maker');
  return makeBadge({ label: inXml(label), message: inXml(message), ...given(look) });
}

/** The badge as shields.io reads it from an endpoint, and may keep it for so many seconds. */
export function endpointOf(badge: Badge, cacheSeconds: number): string {
  return JSON.stringify({ schemaVersion: 1, ...badge, cacheSeconds });
}

function inXml(text: string): string {
  return text.replace(NOT_XML, '\ufffd');
}

/** Without what is undefined, which the picture's maker refuses. */
function given<Look extends object>(look: Look): { [Key in keyof Look]: Exclude<Look[Key], undefined> } {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined)) as never;
}
