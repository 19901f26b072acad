import { describeStorage } from '../../../test/storage/contract.ts';
import { openNewSqlite } from '../../../test/storage/open-database.ts';

describeStorage('SQLite', openNewSqlite);
