import { auditAttempts } from './audit-attempts';
import { auditEffects } from './audit-effects';
import { auditJobs, auditSubmissions } from './audit-jobs';
import { auditQuota } from './audit-quota';
import { auditRedis } from './audit-redis';
import { auditRequests } from './audit-requests';
import type { Evidence, Finding } from './finding';

/**
 * Judges a run: every promise that was not kept.
 * @param contended users whose limit is so small that refusals are expected.
 */
export function audit(evidence: Evidence, contended: ReadonlySet<string>): Finding[] {
  return [
    ...auditJobs(evidence),
    ...auditSubmissions(evidence, contended),
    ...auditEffects(evidence),
    ...auditQuota(evidence),
    ...auditRedis(evidence),
    ...auditAttempts(evidence),
    ...auditRequests(evidence),
    ...evidence.history.contradictions.map(
      ({ jobId, at, what }): Finding => ({ column: 'other', jobId, what: `${what} at ${new Date(at).toISOString()}` }),
    ),
  ];
}
