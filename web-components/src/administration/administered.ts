import { documentOf } from '../client/document.ts';

/** Who asks, as far as it decides what may be done. */
export interface Viewer {
  readonly name: string;
  readonly scopes: readonly string[];
  /** The only site that the token is good for; null for all. */
  readonly site: string | null;
}

/** A site with its settings. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly callbackOrigin: string;
  readonly timeZone: string;
  readonly minDelaySecs: number;
  readonly pathPatterns: readonly string[];
  readonly respectDnt: boolean;
  /** Null for ever. */
  readonly retentionDays: number | null;
  readonly visibility: string;
  readonly publicPages: readonly string[];
  readonly publicFigures: readonly string[];
  /** Whether it is in the configuration, and so is changed there. */
  readonly declared: boolean;
  readonly archivedAt: string | null;
  readonly deletedAt: string | null;
}

/** A token without its secret. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Null for all. */
  readonly site: string | null;
  readonly filter: readonly { readonly dimension: string; readonly value: string }[];
  readonly range: {
    readonly preset: string | null;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** A token that was made just now, with what is shown once. */
export interface NewToken {
  readonly token: Token;
  readonly secret: string;
  /** Null where it is good for more than reading. */
  readonly link: string | null;
}

/** How far a site was deleted. */
export interface Deletion {
  readonly rows: number;
  readonly visits: number;
  readonly complete: boolean;
}

/** Something that was changed, by whom. */
export interface LogEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly site: string | null;
  readonly token: string | null;
  /** What was and is, as JSON; null for nothing. */
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

const SITE =
  'id name baseUrls callbackOrigin timeZone minDelaySecs pathPatterns respectDnt retentionDays visibility publicPages ' +
  'publicFigures declared archivedAt deletedAt';
const TOKEN =
  'id name scopes site filter{dimension value} range{preset from to} createdAt expiresAt lastUsedAt revokedAt';

export const SITES = documentOf<{ viewer: Viewer | null; sites: readonly Site[] }>(
  `query Administered{viewer{name scopes site} sites:administeredSites{${SITE}}}`,
);
export const TOKENS = documentOf<{ tokens: readonly Token[] }>(`query Tokens{tokens{${TOKEN}}}`);
export const LOG = documentOf<{ entries: readonly LogEntry[] }>(
  'query Log($site:ID $first:Int $before:ID){entries:auditLog(site:$site first:$first before:$before)' +
    '{id at actor action site token changes{field before after}}}',
);

export const CREATE_SITE = documentOf<{ site: Site }>(
  `mutation CreateSite($input:SiteInput!){site:createSite(input:$input){${SITE}}}`,
);
export const UPDATE_SITE = documentOf<{ site: Site }>(
  `mutation UpdateSite($id:ID! $input:SiteInput!){site:updateSite(id:$id input:$input){${SITE}}}`,
);
export const ARCHIVE_SITE = documentOf<object>('mutation ArchiveSite($id:ID!){archiveSite(id:$id){id}}');
export const RESTORE_SITE = documentOf<object>('mutation RestoreSite($id:ID!){restoreSite(id:$id){id}}');
export const DELETE_SITE = documentOf<{ deletion: Deletion }>(
  'mutation DeleteSite($id:ID!){deletion:deleteSite(id:$id){rows visits complete}}',
);
export const CREATE_TOKEN = documentOf<{ made: NewToken }>(
  `mutation CreateToken($input:TokenInput!){made:createToken(input:$input){token{${TOKEN}} secret link}}`,
);
export const REVOKE_TOKEN = documentOf<object>('mutation RevokeToken($id:ID!){revokeToken(id:$id){id}}');
