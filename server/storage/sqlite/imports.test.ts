import { describeImports } from '../../../test/storage/imports-contract.ts';
import { openNewSqlite } from '../../../test/storage/open-database.ts';

describeImports('SQLite', openNewSqlite);
