import { describeOnPostgresql } from '../support/databases.ts';
import { openNewPostgresql } from './open-database.ts';
import { describeStatistics } from './statistics-contract.ts';

describeOnPostgresql('statistics', () => describeStatistics('PostgreSQL', openNewPostgresql));
