import './administration/audit.ts';
import './administration/sites.ts';
import './administration/tokens.ts';
import './administration/viewer.ts';
import './administration/webhooks.ts';
import './page-count.ts';
import './real-time.ts';
import './site.ts';
import './stats/stats.ts';
import './tracking.ts';
import './visit.ts';
import './votes.ts';
import { builder } from './builder.ts';

/** The whole schema; `schema.graphql` is its printed form. */
export const schema = builder.toSchema();
