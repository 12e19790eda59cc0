import type { Column, Finding } from '../audit/finding';
import { percentile, type Recovery } from '../audit/recovery';
import type { HappenedFault } from '../faults/fault-log';
import { acceptedJobIds, type History } from '../load/history';
import type { ChaosOptions } from '../options';
import type { JobState, World } from '../world/world';

/**
 * ms; null when there was none. The times of jobs that met a further fault of Redis, the database or a worker before their
 * next start are told apart: they are as long as that fault lasts.
 */
type RecoveryTimes = {
  jobs: number;
  p50: number | null;
  p95: number | null;
  disturbed: { jobs: number; p95: number | null };
};

/** What a run came to. */
export type ChaosResult = {
  options: ChaosOptions;
  findings: readonly Finding[];
  /** Distinct jobs that were accepted. */
  submitted: number;
  completed: number;
  failed: number;
  cancelled: number;
  /** Of the failed ones. */
  failureCodes: readonly [code: string, count: number][];
  violations: Record<Column, number>;
  recovery: Record<'kill' | 'stop', RecoveryTimes>;
  faults: readonly [kind: string, count: number][];
  /** What the clients did besides. */
  clients: { requests: number; resent: number; replayed: number; cancels: number; retries: number; resumed: number };
};

export function toResult(run: {
  options: ChaosOptions;
  world: World;
  history: History;
  findings: readonly Finding[];
  recovered: readonly Recovery[];
  faults: readonly HappenedFault[];
}): ChaosResult {
  const { options, world, history, findings } = run;
  const accepted = acceptedJobIds(history);
  const inState = (state: JobState) => world.jobs.filter((job) => accepted.has(job.id) && job.state === state).length;
  // A job that broke the same promise in two ways counts once.
  const inColumn = (column: Column) =>
    new Set(findings.filter((finding) => finding.column === column).map(({ jobId, what }) => jobId ?? what)).size;
  return {
    options,
    findings,
    submitted: accepted.size,
    completed: inState('completed'),
    failed: inState('failed'),
    cancelled: inState('cancelled'),
    failureCodes: countBy(world.jobs.filter(({ state }) => state === 'failed').map(({ errorCode }) => `${errorCode}`)),
    violations: {
      lost: inColumn('lost'),
      duplicated: inColumn('duplicated'),
      drift: inColumn('drift'),
      stuck: inColumn('stuck'),
      other: inColumn('other'),
    },
    recovery: { kill: summary(run.recovered, 'kill'), stop: summary(run.recovered, 'stop') },
    faults: countBy(run.faults.map(({ kind }) => kind)),
    clients: clientsOf(history),
  };
}

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

function summary(recovered: readonly Recovery[], how: Recovery['how']): RecoveryTimes {
  const times = (disturbed: boolean) =>
    recovered.filter((recovery) => recovery.how === how && recovery.disturbed === disturbed).map(({ ms }) => ms);
  const [alone, disturbed] = [times(false), times(true)];
  return {
    jobs: alone.length,
    p50: percentile(alone, 0.5),
    p95: percentile(alone, 0.95),
    disturbed: { jobs: disturbed.length, p95: percentile(disturbed, 0.95) },
  };
}

function clientsOf({ submissions, cancels, retries, streams }: History): ChaosResult['clients'] {
  const accepted = submissions.filter(({ outcome }) => outcome === 'accepted');
  return {
    requests: submissions.length,
    resent: submissions.reduce((sum, { tries }) => sum + tries - 1, 0),
    replayed: accepted.length - acceptedJobIds({ submissions }).size,
    cancels: cancels.filter(({ status }) => status === 200 || status === 202).length,
    retries: retries.filter(({ status }) => status === 202).length,
    resumed: streams.resumed,
  };
}
