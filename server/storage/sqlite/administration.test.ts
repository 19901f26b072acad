import { describeAdministration } from '../../../test/storage/administration-contract.ts';
import { openNewSqlite } from '../../../test/storage/open-database.ts';

describeAdministration('SQLite', openNewSqlite);
