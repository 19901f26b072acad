import { describeOnPostgresql } from '../support/databases.ts';
import { describeAdministration } from './administration-contract.ts';
import { openNewPostgresql } from './open-database.ts';

describeOnPostgresql('administration', () => describeAdministration('PostgreSQL', openNewPostgresql));
