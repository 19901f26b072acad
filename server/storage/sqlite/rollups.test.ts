import { openNewSqlite } from '../../../test/storage/open-database.ts';
import { describeRollups } from '../../../test/storage/rollups-contract.ts';

describeRollups('SQLite', openNewSqlite, 10);
