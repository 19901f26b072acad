import { broken, type Check, type Finding, fine, warning } from './finding.ts';
import { numberOf, type Reading } from './sql.ts';

/** Older ones do not know what statements are written with. */
const LEAST = 12;
/** What every change of this program is tested on. */
const TESTED = 15;

/** What a server says of itself. */
export interface PostgresqlServer {
  /** Such as 150020. */
  readonly version: number;
  readonly recovering: boolean;
  readonly readOnly: boolean;
  readonly fsync: boolean;
  readonly synchronousCommit: string;
  readonly fullPageWrites: boolean;
  readonly maySchema: boolean;
}

const SERVER = `SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS recovering,
  (SELECT setting FROM pg_settings WHERE name = 'default_transaction_read_only') AS read_only,
  current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('full_page_writes') AS full_page_writes,
  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_schema`;

/** Whether the server is one to count with: its version, that it takes writes, and that it keeps them. */
export function postgresqlCheck(database: Reading): Check {
  return {
    group: 'Database',
    name: 'PostgreSQL',
    limitMs: 8_000,
    async look() {
      const [row = {}] = await database.ask(SERVER);
      return judgePostgresql({
        version: Number(row['version']),
        recovering: row['recovering'] === true,
        readOnly: row['read_only'] === 'on',
        fsync: row['fsync'] === 'on',
        synchronousCommit: String(row['synchronous_commit']),
        fullPageWrites: row['full_page_writes'] === 'on',
        maySchema: row['may_schema'] === true,
      });
    },
  };
}

export function judgePostgresql(server: PostgresqlServer): readonly Finding[] {
  const major = Math.floor(server.version / 10_000);
  const found: Finding[] = [];
  if (major < LEAST) {
    found.push(
      broken(
        `version ${major} is too old`,
        `Upgrade the server to ${LEAST} or later; ${TESTED} is what this program is tested on.`,
      ),
    );
  } else if (major < TESTED) {
    found.push(
      warning(
        `version ${major} is not tested`,
        `It should work. ${TESTED} is what this program is tested on: plan the upgrade.`,
      ),
    );
  }
  if (server.recovering) {
    found.push(
      broken(
        'it is a standby, which takes no writes',
        'Point OXICOUNT_DATABASE_URL to the primary. A standby is what database_read_url is for.',
      ),
    );
  } else if (server.readOnly) {
    found.push(
      broken(
        'it takes no writes from this user',
        'default_transaction_read_only is on: set it off for this user and database (ALTER ROLE ... SET).',
      ),
    );
  }
  if (!server.maySchema) {
    found.push(
      warning(
        'this user may not make tables there',
        'The first start, and those of later versions, need that: GRANT CREATE ON SCHEMA public TO the user, or make it the owner of the database.',
      ),
    );
  }
  if (!server.fsync || !server.fullPageWrites) {
    found.push(
      warning(
        `${server.fsync ? 'full_page_writes' : 'fsync'} is off: a power failure can ruin the whole database`,
        'Switch it on in postgresql.conf. What it costs is little, since visits are written in batches.',
      ),
    );
  }
  if (server.synchronousCommit === 'off') {
    found.push(
      warning(
        'synchronous_commit is off: visits that were acknowledged can be lost with the power',
        'Set it to on, for this user at least (ALTER ROLE ... SET synchronous_commit = on).',
      ),
    );
  }
  return found.length > 0 ? found : [fine(`version ${major}, takes writes and keeps them`)];
}

/** Connections, as the server has them. */
export interface Connections {
  readonly most: number;
  readonly reserved: number;
  /** Open now by others than oxicount. */
  readonly others: number;
  /** What this user, and this database, may have; -1 for all. */
  readonly ofRole: number;
  readonly ofDatabase: number;
  readonly workers: number;
  /** Whether a pooler is in between. */
  readonly pooled: boolean;
}

const CONNECTIONS = `SELECT current_setting('max_connections')::int AS most,
  current_setting('superuser_reserved_connections')::int AS reserved,
  (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name NOT LIKE 'oxicount%')::int AS others,
  (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS of_role,
  (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS of_database`;

/** As many as a process has at most (docs/databases.md). */
const OF_A_PROCESS = 18;

/** Whether the server has connections for all workers. */
export function connectionsCheck(
  database: Reading,
  { workers, pooled }: { workers: number; pooled: () => Promise<boolean> },
): Check {
  return {
    group: 'Database',
    name: 'connections',
    limitMs: 8_000,
    async look() {
      const [row = {}] = await database.ask(CONNECTIONS);
      return judgeConnections({
        most: Number(row['most']),
        reserved: Number(row['reserved']),
        others: Number(row['others']),
        ofRole: numberOf(row['of_role']) ?? -1,
        ofDatabase: numberOf(row['of_database']) ?? -1,
        workers,
        pooled: await pooled(),
      });
    },
  };
}

export function judgeConnections({
  most,
  reserved,
  others,
  ofRole,
  ofDatabase,
  workers,
  pooled,
}: Connections): Finding {
  const needed = workers * OF_A_PROCESS;
  if (pooled)
    return fine(
      'a pooler is in between, such as pgbouncer: session and transaction mode work, statement mode does not',
    );
  const limits = [most - reserved, ofRole, ofDatabase].filter((limit) => limit >= 0);
  const allowed = Math.min(...limits);
  const has = `${workers === 1 ? 'one process' : `${workers} workers`} can take ${needed} of ${allowed}`;
  const advice = `Raise max_connections (and limits of the user and the database) above ${OF_A_PROCESS} for each worker of each replica, set fewer workers, or put pgbouncer in between.`;
  if (needed > allowed) return broken(has, advice);
  if (needed + others > allowed) return warning(`${has}, while others have ${others} open`, advice);
  return fine(`${has}; each further replica as many again`);
}
