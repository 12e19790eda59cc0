import type { z } from 'zod';
import type { SessionUser } from '@/lib/auth/session';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import { runInline } from '@/lib/queue/run-inline';
import { secondsUntilRoom } from '@/lib/queue/status/drain-rate';
import { estimateSeconds } from '@/lib/queue/status/estimate';
import { readJobStatus, statusFromLedger } from '@/lib/queue/status/job-status';
import { waitForJob } from '@/lib/queue/status/wait-for-job';
import { parsePayload, recordJob, type Submission, submitAndEnqueue } from '@/lib/queue/submit-job';
import { toQuotaBody } from '@/lib/quota/get-quota';
import { getReport } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';
import { isTerminal, type JobStatus } from '@/types/jobs';
import { addCompanyFor } from '../find-company';
import { onShutdown } from '../shutdown';
import { jobResponse } from './job-response';
import { hashRequest, readIdempotencyKey, readWaitMs } from './request-options';

type StartRequest<D extends QueueDefinition> = {
  definition: D;
  request: Request;
  user: SessionUser;
  /** New work although a fresh result exists. */
  force: boolean;
  /** Parsed by the queue itself. */
  payload: z.input<D['payloadSchema']>;
  /** What else is done where a fresh report answers, and told in the answer. */
  onCached?(reportId: string): Promise<Record<string, unknown>>;
};

/**
 * Starts a job, design note "Start a job": records it, hands it to Redis, and says where to follow it.
 * With `USE_QUEUE_PROCESSING=false` the same job runs inside the request.
 * @throws AppError `company_not_found`, `register_unavailable`, `quota_exceeded`, `idempotency_key_reused`, `queue_full`,
 *   `database_unavailable`
 */
export async function startJob<D extends QueueDefinition>(input: StartRequest<D>): Promise<Response> {
  const { definition, request, user, payload, force } = input;
  const idempotencyKey = readIdempotencyKey(request);
  const waitMs = readWaitMs(request);
  // Without queue processing the request itself runs the job: it is recorded, but Redis is not told.
  const submit = config().queue.useQueueProcessing ? submitAndEnqueue : recordJob;
  const options = {
    userId: user.id,
    idempotencyKey,
    requestHash: hashRequest({ queue: definition.name, payload, force }),
    force,
  };
  const submission = await submit(definition, payload, options)
    .catch(async (error: unknown) => {
      await addUnknownCompany(error, input);
      return submit(definition, payload, options);
    })
    .catch((error: unknown) => sayWhenThereIsRoom(error, definition));
  if (submission.outcome === 'cached') {
    const { reportId } = submission;
    return cachedResponse(submission, reportId === null ? {} : await input.onCached?.(reportId));
  }
  const status = await settle(definition, submission, waitMs, request.signal);
  if (isTerminal(status.state) && submission.outcome !== 'replayed') {
    return jobResponse(status, withoutEtag(request), await finishedReport(status, user));
  }
  return acceptedResponse(submission, status);
}

/** A company that nobody has imported is looked up on the register; one that is known costs nothing here. */
async function addUnknownCompany<D extends QueueDefinition>(error: unknown, input: StartRequest<D>): Promise<void> {
  if (!(error instanceof AppError) || error.code !== 'company_not_found') throw error;
  const { companyId } = input.definition.subject(parsePayload(input.definition, input.payload));
  await addCompanyFor(input.user, companyId);
}

/** A full queue is worth another request when a part of it has ended. */
async function sayWhenThereIsRoom(error: unknown, { name }: QueueDefinition): Promise<never> {
  if (!(error instanceof AppError) || error.code !== 'queue_full') throw error;
  const seconds = await secondsUntilRoom(name, config().queue.limit);
  throw new AppError('queue_full', { cause: error, retryAt: new Date(Date.now() + seconds * 1_000) });
}

/** Runs the job here, or waits as long as the client asked for. */
async function settle(
  definition: QueueDefinition,
  submission: Submission,
  waitMs: number,
  gone: AbortSignal,
): Promise<JobStatus> {
  const { job } = submission;
  if (!job) throw new AppError('internal', { cause: new Error(`submission ${submission.outcome} without a job`) });
  if (!config().queue.useQueueProcessing && submission.outcome === 'accepted') return runInline(definition, job);
  if (waitMs > 0) return (await waitHere(job.id, waitMs, gone)) ?? statusFromLedger(job);
  return submission.outcome === 'accepted'
    ? statusFromLedger(job)
    : ((await readJobStatus(job.id)) ?? statusFromLedger(job));
}

/** Waits until the job or this process ends, or the client is gone. */
async function waitHere(jobId: string, waitMs: number, gone: AbortSignal): Promise<JobStatus | null> {
  const shutdown = new AbortController();
  const forget = onShutdown(() => shutdown.abort());
  try {
    return await waitForJob(jobId, waitMs, AbortSignal.any([gone, shutdown.signal]));
  } finally {
    forget();
  }
}

/** The synchronous mode answers with the report itself: there is nothing to follow. */
async function finishedReport({ report_id: id }: JobStatus, user: SessionUser): Promise<Record<string, unknown>> {
  if (config().queue.useQueueProcessing || id === null) return {};
  return { report: (await getReport(userClient(user.accessToken), id))?.document ?? null };
}

function withoutEtag(request: Request): Request {
  return new Request(request.url, { method: 'GET' });
}

function cachedResponse({ reportId, quota }: Submission, more: Record<string, unknown> = {}): Response {
  return Response.json({
    cached: true,
    report_id: reportId,
    report_url: `/api/reports/${reportId}`,
    page_url: `/reports/${reportId}`,
    ...more,
    ...(quota ? { quota: toQuotaBody(quota) } : {}),
  });
}

async function acceptedResponse(submission: Submission, status: JobStatus): Promise<Response> {
  const pollUrl = `/api/jobs/${status.id}`;
  const body = {
    job_id: status.id,
    status: status.state,
    estimated_completion_seconds: await estimateSeconds(status.queue),
    poll_url: pollUrl,
    events_url: `${pollUrl}/events`,
    report_id: status.report_id,
    ...(submission.outcome === 'deduplicated' ? { deduplicated: true } : {}),
    ...(submission.quota ? { quota: toQuotaBody(submission.quota) } : {}),
  };
  const headers = new Headers({ location: pollUrl, 'retry-after': '2', 'cache-control': 'no-store' });
  if (submission.outcome === 'replayed') headers.set('idempotency-replayed', 'true');
  return Response.json(body, { status: 202, headers });
}
