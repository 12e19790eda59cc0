import type { JobAnswer } from '../job-answer';

/** What is shown of a job, and how new it is. */
export type FollowedJob = {
  answer: JobAnswer;
  /** Grows with every change of the job; the number in its ETag and in its event ids. */
  version: number;
  /** Sent with the next poll, so that an unchanged job costs nothing. */
  etag: string | null;
};

/**
 * The one rule for every way news can arrive (stream, poll, another tab): nothing older replaces what is shown, and
 * progress does not go backwards within a run.
 * @param shown null before the first news.
 */
export function acceptNews(shown: FollowedJob | null, news: FollowedJob): FollowedJob {
  if (shown === null) return news;
  if (news.version < shown.version) return shown;
  const before = shown.answer.job;
  const now = news.answer.job;
  const sameRun = before.status === 'active' && now.status === 'active' && before.attempt === now.attempt;
  if (!sameRun || now.progress >= before.progress) return news;
  return { ...news, answer: { ...news.answer, job: { ...now, progress: before.progress } } };
}

/** The version in an ETag such as `"12003"`, `W/"12003"` or `"12003-stale-p4"`; null when there is none. */
export function versionOfEtag(etag: string | null): number | null {
  const digits = etag?.match(/^(?:W\/)?"(\d+)/)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The ETag that a poll would have brought with this version, for a job that only a stream has told of. */
export function etagOfVersion(version: number): string {
  return `"${version}"`;
}
