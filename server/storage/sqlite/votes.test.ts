import { openNewSqlite } from '../../../test/storage/open-database.ts';
import { describeVotes } from '../../../test/storage/votes-contract.ts';

describeVotes('SQLite', openNewSqlite, 20);
