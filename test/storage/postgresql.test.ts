import { describeOnPostgresql } from '../support/databases.ts';
import { describeStorage } from './contract.ts';
import { openNewPostgresql } from './open-database.ts';
import { describeRollups } from './rollups-contract.ts';

describeOnPostgresql('storage', () => {
  describeStorage('PostgreSQL', openNewPostgresql);
  describeRollups('PostgreSQL', openNewPostgresql, 20);
});
