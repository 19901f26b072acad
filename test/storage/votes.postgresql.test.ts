import { describeOnPostgresql } from '../support/databases.ts';
import { openNewPostgresql } from './open-database.ts';
import { describeVotes } from './votes-contract.ts';

describeOnPostgresql('votes', () => describeVotes('PostgreSQL', openNewPostgresql, 20));
