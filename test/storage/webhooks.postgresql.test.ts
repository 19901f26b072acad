import { describeOnPostgresql } from '../support/databases.ts';
import { openNewPostgresql } from './open-database.ts';
import { describeWebhooks } from './webhooks-contract.ts';

describeOnPostgresql('webhooks', () => describeWebhooks('PostgreSQL', openNewPostgresql));
