/** Fields of the form, as the API names them. */
export const SITE_FIELDS: readonly string[] = [
  'id',
  'name',
  'baseUrls',
  'callbackOrigin',
  'timeZone',
  'minDelaySecs',
  'retentionDays',
  'pathPatterns',
  'respectDnt',
  'visibility',
  'publicPages',
  'publicFigures',
];

/** What a site is to be, as `createSite` and `updateSite` take it. */
export interface SiteInput {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly baseUrls: readonly string[];
  readonly callbackOrigin?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly minDelaySecs?: number | undefined;
  readonly retentionDays?: number | undefined;
  readonly pathPatterns: readonly string[];
  readonly respectDnt?: boolean | undefined;
  readonly visibility?: string | undefined;
  readonly publicPages?: readonly string[] | undefined;
  readonly publicFigures?: readonly string[] | undefined;
}

/** What a form says of a site. Of what it leaves empty nothing is said, so that the instance decides or nothing changes. */
export function siteInputOf(form: FormData): SiteInput {
  const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
  const number = (name: string) => {
    const given = text(name);
    return given === undefined ? undefined : Number(given);
  };
  const lines = (name: string) => (text(name) ?? '').split('\n').flatMap((line) => line.trim() || []);
  const baseUrls = lines('baseUrls');
  const respectDnt = text('respectDnt');
  const visibility = text('visibility');
  const isSelected = visibility === 'SELECTED';
  return {
    id: text('id'),
    name: text('name'),
    baseUrls,
    // It follows the first base URL wherever nobody says otherwise.
    callbackOrigin: text('callbackOrigin') ?? baseUrls[0],
    timeZone: text('timeZone'),
    minDelaySecs: number('minDelaySecs'),
    retentionDays: number('retentionDays'),
    pathPatterns: lines('pathPatterns'),
    respectDnt: respectDnt === undefined ? undefined : respectDnt === 'true',
    visibility,
    publicPages: isSelected ? lines('publicPages') : undefined,
    publicFigures: isSelected ? form.getAll('publicFigures').map(String) : undefined,
  };
}
