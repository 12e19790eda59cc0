import type { ChaosUser } from '../engines/engine';
import type { History, Submission } from './history';
import type { ApiAnswer, HttpClient } from './http-client';
import { persist } from './persist';
import type { PlannedJob } from './plan-load';

/**
 * Submits one job, as often at once as planned, each copy until it is answered.
 * @returns the ids of the jobs that were accepted; more than one is the auditor's to judge.
 */
export async function submit(
  client: HttpClient,
  user: ChaosUser,
  planned: PlannedJob,
  history: History,
  signal: AbortSignal,
): Promise<string[]> {
  const copies = Array.from({ length: planned.copies }, () => submitOnce(client, user, planned, signal));
  const submissions = await Promise.all(copies);
  history.submissions.push(...submissions);
  const ids = submissions.flatMap(({ jobId, outcome }) => (jobId && outcome === 'accepted' ? [jobId] : []));
  return [...new Set(ids)];
}

async function submitOnce(
  client: HttpClient,
  user: ChaosUser,
  planned: PlannedJob,
  signal: AbortSignal,
): Promise<Submission> {
  const { queue, companyId, idempotencyKey } = planned;
  const sentAt = Date.now();
  let tries = 0;
  const request = {
    token: user.token,
    body: bodyOf(planned),
    headers: { 'idempotency-key': idempotencyKey },
  };
  const answer = await persist(() => client.send('POST', `/api/${queue}/${companyId}`, request), {
    signal,
    onTry: () => {
      tries += 1;
    },
  });
  const about = { idempotencyKey, userId: user.id, queue, companyId, sentAt, answeredAt: Date.now(), tries };
  return { ...about, ...readAnswer(answer) };
}

function bodyOf({ queue, force }: PlannedJob): Record<string, unknown> {
  if (queue === 'research') return { force_refresh: force };
  if (queue === 'scoring') return { force_recalculate: force };
  return {};
}

function readAnswer(answer: ApiAnswer | null): Pick<Submission, 'outcome' | 'status' | 'code' | 'jobId'> {
  if (answer === null) return { outcome: 'unanswered', status: null, code: null, jobId: null };
  const { status, body } = answer;
  if (status === 202) return { outcome: 'accepted', status, code: null, jobId: text(body.job_id) };
  if (status === 200) return { outcome: 'cached', status, code: null, jobId: null };
  return { outcome: 'refused', status, code: text(body.code), jobId: null };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
