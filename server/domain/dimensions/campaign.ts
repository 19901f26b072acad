const MAX_QUERY_LENGTH = 2048;
const MAX_CAMPAIGN_LENGTH = 150;
// From the widest to the narrowest, as one would say it. `utm_term` and `utm_content` tell links of one campaign apart.
const PARTS = ['utm_source', 'utm_medium', 'utm_campaign'] as const;
const SEPARATOR = ' / ';
// Control characters, line breaks, what turns the direction of the text around it, and what is left of bytes that
// are no UTF-8.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]/;

/**
 * The campaign that a link names: `utm_source`, `utm_medium` and `utm_campaign` as `newsletter / email / spring`,
 * without those that are not there, or else `ref`. In lower case and with single spaces, so that Newsletter and
 * newsletter are one. `source` alone names no campaign: too many sites mean something else by it.
 *
 * Null where the link names none, and where the name has a control character, is not UTF-8 or is longer than 150
 * characters: a name that was cut could be that of another campaign.
 *
 * @param query the query of a URL, with or without its `?`; its first 2,048 characters are looked at
 */
export function campaignOf(query: string | null | undefined): string | null {
  if (!query) return null;
  const parameters = new URLSearchParams(cut(query));
  const parts = PARTS.map((name) => parameterOf(parameters, name)).filter((part) => part !== '');
  const campaign = parts.length > 0 ? parts.join(SEPARATOR) : parameterOf(parameters, 'ref');
  const readable = campaign !== '' && campaign.length <= MAX_CAMPAIGN_LENGTH && !UNREADABLE.test(campaign);
  return readable ? campaign : null;
}

/** Whole parameters only: the one that the cut goes through is not what the link says. */
function cut(query: string): string {
  if (query.length <= MAX_QUERY_LENGTH) return query;
  return query.slice(0, query.slice(0, MAX_QUERY_LENGTH + 1).lastIndexOf('&') + 1);
}

function parameterOf(parameters: URLSearchParams, name: string): string {
  // Only spaces are folded: tabs and line breaks stay, for they are control characters.
  return (parameters.get(name) ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/^ | $/g, '');
}
