import { formatDuration, formatOrdinal, formatSecond } from '@/components/format/format-value';
import type { JobListItem } from '@/types/jobs';
import type { JobAnswer } from './job-answer';
import { isQueueName, QUEUE_WORDS } from './queue-names';

/** One line that says what is happening to a job now, and what happens next. It changes only when the job does. */
export function describeJob(answer: JobAnswer): string {
  const { job } = answer;
  switch (job.status) {
    case 'queued':
      return describeWaiting(answer);
    case 'delayed':
      return describeDelay(answer);
    case 'active':
      if (answer.cancelling) return 'Being stopped. What is finished stays readable.';
      if (answer.stale) return describeSilence(answer);
      return answer.step ? `${answer.step.label} (step ${answer.step.index} of ${answer.step.total})` : 'Starting';
    case 'completed':
      return `${isQueueName(answer.queue) ? QUEUE_WORDS[answer.queue].done : 'Done'}.${took(answer)}`;
    case 'failed':
      return answer.error?.message ?? 'It failed, and the reason was not recorded.';
    case 'cancelled':
      return 'Cancelled. What was finished stays readable.';
  }
}

/** Why a job of a list waits, has gone quiet or has failed; null when there is nothing to explain. */
export function describeRow(job: JobListItem): string | null {
  switch (job.state) {
    case 'queued':
      return job.reason ?? null;
    case 'delayed':
      return job.reason ?? job.error?.message ?? null;
    case 'active':
      return job.stale ? 'No sign of life from its worker. Another worker takes it over.' : null;
    case 'failed':
    case 'cancelled':
      return job.error?.message ?? null;
    case 'completed':
      return null;
  }
}

/**
 * The number that goes with the words, to be renewed while it is shown: "3rd in line", "in 12 s", "about 40 s left",
 * "silent for 18 s". Null when there is nothing to count.
 * @param now ms since 1970.
 */
export function describeCount(answer: JobAnswer, now: number): string | null {
  const { status } = answer.job;
  if (status === 'queued') return describePlace(answer.position);
  if (status === 'delayed' && answer.next_attempt_at) {
    const left = Date.parse(answer.next_attempt_at) - now;
    return left > 0 ? `in ${formatDuration(left)}` : 'about to start';
  }
  if (status !== 'active') return null;
  if (answer.stale) {
    return answer.heartbeat_at ? `silent for ${formatDuration(now - Date.parse(answer.heartbeat_at))}` : null;
  }
  if (!answer.estimated_completion) return null;
  const left = Date.parse(answer.estimated_completion) - now;
  return left > 1000 ? `about ${formatDuration(left)} left` : null;
}

function describeWaiting({ position, reason }: JobAnswer): string {
  if (reason) return sentence(reason);
  return position === 1 ? 'Next in line.' : 'Recorded, waiting for a worker.';
}

/** "3rd in line"; null for the next one, which the words beside it say, and when it is not known. */
export function describePlace(position: number | null | undefined): string | null {
  return typeof position === 'number' && position > 1 ? `${formatOrdinal(position)} in line` : null;
}

function describeDelay({ reason, next_attempt_at }: JobAnswer): string {
  if (reason) return sentence(reason);
  return next_attempt_at
    ? `Trying again at ${formatSecond(next_attempt_at)}.`
    : 'The last attempt did not succeed. Trying again soon.';
}

function describeSilence({ heartbeat_at }: JobAnswer): string {
  const since = heartbeat_at ? ` since ${formatSecond(heartbeat_at)}` : '';
  return `No sign of life from its worker${since}. Another worker takes it over from the last saved step.`;
}

function took({ started_at, completed_at }: JobAnswer): string {
  if (!started_at || !completed_at) return '';
  const milliseconds = Date.parse(completed_at) - Date.parse(started_at);
  return milliseconds >= 0 ? ` It took ${formatDuration(milliseconds)}.` : '';
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
