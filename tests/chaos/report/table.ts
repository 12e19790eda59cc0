import { commandOf } from '../options';
import type { ChaosResult } from './result';

/** The result as Markdown, which reads well on a terminal, too. */
export function toMarkdown(result: ChaosResult): string {
  const { violations, recovery, clients } = result;
  const row = [
    result.submitted,
    result.completed,
    result.failed,
    result.cancelled,
    violations.lost,
    violations.duplicated,
    violations.drift,
    violations.stuck,
    violations.other,
    `${seconds(recovery.kill.p50)} / ${seconds(recovery.kill.p95)}`,
    `${seconds(recovery.stop.p50)} / ${seconds(recovery.stop.p95)}`,
  ];
  return [
    `\`${commandOf(result.options)}\``,
    '',
    '| submitted | completed | failed with a reason | cancelled | lost | duplicated effects | quota drift | stuck over 60 s | other violations | recovery after kill p50 / p95 | recovery after stop p50 / p95 |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    `| ${row.join(' | ')} |`,
    '',
    `Faults: ${list(result.faults)}.`,
    `Reasons of failures: ${list(result.failureCodes)}.`,
    `Clients: ${clients.requests} requests for a job, ${clients.resent} sent again after an error, ${clients.replayed} answered with a job that was there, ${clients.cancels} cancels, ${clients.retries} retries, ${clients.resumed} streams taken up again.`,
    `Recovered jobs: ${recovered(recovery.kill)} after a kill, ${recovered(recovery.stop)} after a stop.`,
  ].join('\n');
}

function recovered({ jobs, disturbed }: ChaosResult['recovery']['kill']): string {
  return `${jobs} (and ${disturbed.jobs} that met a further fault meanwhile, p95 ${seconds(disturbed.p95)})`;
}

function list(counts: readonly (readonly [name: string, count: number])[]): string {
  return counts.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

function seconds(ms: number | null): string {
  return ms === null ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}
