import { broken, type Check, type Finding, fine, warning } from './finding.ts';
import { numberOf, type Reading } from './sql.ts';

const LATE_SECS = 30;

const STATE = `SELECT pg_is_in_recovery() AS recovering,
  CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
  ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8 AS lag,
  to_regclass('oxi_visits') IS NOT NULL AS has_tables`;

/** Whether the replica that figures are read from is there and near. */
export function readReplicaCheck(replica: Reading): Check {
  return {
    group: 'Database',
    name: 'read replica',
    limitMs: 8_000,
    async look() {
      const [row = {}] = await replica.ask(STATE);
      return judgeReadReplica({
        recovering: row['recovering'] === true,
        lagSecs: numberOf(row['lag']),
        hasTables: row['has_tables'] === true,
      });
    },
  };
}

export function judgeReadReplica(replica: {
  readonly recovering: boolean;
  readonly lagSecs: number | null;
  readonly hasTables: boolean;
}): Finding {
  const { recovering, lagSecs, hasTables } = replica;
  if (!hasTables) {
    return broken(
      'it has no tables of oxicount',
      'Is database_read_url a replica of this database? Figures are read from the primary meanwhile.',
    );
  }
  if (lagSecs !== null && lagSecs > LATE_SECS) {
    return warning(
      `it is ${Math.round(lagSecs)} s behind`,
      'Figures are as old. Look at pg_stat_replication of the primary, and at long queries on the replica, which keep it from following.',
    );
  }
  if (!recovering) {
    return warning(
      'it is no standby: it takes writes itself',
      'Fine where it is a logical replica, or one of a distributed engine. Where it was promoted, point database_url to it.',
    );
  }
  return fine(
    lagSecs === null ? 'there; it does not say how far behind' : `there, ${lagSecs.toFixed(1)} s behind`,
  );
}
