import { describeOnPostgresql } from '../support/databases.ts';
import { describeImports } from './imports-contract.ts';
import { openNewPostgresql } from './open-database.ts';

describeOnPostgresql('votes', () => describeImports('PostgreSQL', openNewPostgresql));
