import { openNewSqlite } from '../../../test/storage/open-database.ts';
import { describeWebhooks } from '../../../test/storage/webhooks-contract.ts';

describeWebhooks('SQLite', openNewSqlite);
