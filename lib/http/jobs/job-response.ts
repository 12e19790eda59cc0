import type { SessionUser } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import { learnedSeconds } from '@/lib/queue/status/estimate';
import { readJobStatus, statusTag } from '@/lib/queue/status/job-status';
import type { JobStatus } from '@/types/jobs';
import { jobHttpStatus, pollIntervalMs, toJobBody } from './job-body';

/**
 * The status of a job that the user owns, not behind what `If-None-Match` says they have.
 * @throws AppError `job_not_found`, the same for somebody else's job and for one that never was.
 */
export async function readOwnJob(jobId: string, user: SessionUser, request?: Request): Promise<JobStatus> {
  const seenVersion = /^(?:W\/)?"(\d{1,15})/.exec(request?.headers.get('if-none-match') ?? '')?.[1];
  const status = await readJobStatus(jobId, Number(seenVersion ?? 0));
  if (!status || status.owner !== user.id) throw new AppError('job_not_found');
  return status;
}

/**
 * The answer to a poll; 304 without a body when the client has this version already.
 * @param extras further members of the body.
 */
export async function jobResponse(
  status: JobStatus,
  request: Request,
  extras: Record<string, unknown> = {},
): Promise<Response> {
  const etag = `"${statusTag(status)}"`;
  const headers = new Headers({ etag, 'cache-control': 'private, no-cache' });
  const httpStatus = jobHttpStatus(status);
  if (httpStatus === 202) headers.set('retry-after', String(Math.ceil(pollIntervalMs(status) / 1000)));
  if (matchesEtag(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const estimate = status.state === 'active' ? await learnedSeconds(status.queue) : null;
  return Response.json({ ...toJobBody(status, estimate), ...extras }, { status: httpStatus, headers });
}

function matchesEtag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header
    .split(',')
    .some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === etag);
}
