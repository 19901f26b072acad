import { openNewSqlite } from '../../../test/storage/open-database.ts';
import { describeStatistics } from '../../../test/storage/statistics-contract.ts';

describeStatistics('SQLite', openNewSqlite);
