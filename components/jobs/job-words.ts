import { formatClock, formatDuration } from '@/components/format/format-value';
import type { JobAnswer } from './job-answer';
import { isQueueName, QUEUE_WORDS } from './queue-names';

/** One line that says what is happening to a job now, and what happens next. */
export function describeJob(answer: JobAnswer): string {
  const { job } = answer;
  switch (job.status) {
    case 'queued':
      return describeWaiting(answer);
    case 'delayed':
      return describeDelay(answer);
    case 'active':
      if (answer.cancelling) return 'Stopping after the current step';
      if (answer.stale) return 'The worker has gone quiet. Another one will carry on from the last saved step.';
      return answer.step ? `${answer.step.label} (step ${answer.step.index} of ${answer.step.total})` : 'Starting';
    case 'completed':
      return isQueueName(answer.queue) ? `${QUEUE_WORDS[answer.queue].done}.` : 'Done.';
    case 'failed':
      return answer.error?.message ?? 'It failed, and the reason was not recorded.';
    case 'cancelled':
      return 'Cancelled. What was finished stays readable.';
  }
}

function describeWaiting({ position }: JobAnswer): string {
  if (typeof position !== 'number') return 'Recorded, waiting for a worker';
  return position <= 1 ? 'Next in line' : `Waiting, number ${position} in line`;
}

function describeDelay({ reason, next_attempt_at }: JobAnswer): string {
  const why = reason ?? 'The last attempt did not succeed.';
  return next_attempt_at ? `Trying again at ${formatClock(next_attempt_at)}. ${why}` : why;
}

/** "about 40 s left", or null when there is no estimate or it has passed. */
export function describeRemaining(answer: JobAnswer, now: number): string | null {
  if (answer.job.status !== 'active' || !answer.estimated_completion) return null;
  const left = Date.parse(answer.estimated_completion) - now;
  return left > 1000 ? `about ${formatDuration(left)} left` : null;
}
