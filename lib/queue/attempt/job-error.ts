import { type AppError, ERRORS, type ErrorClass } from '@/lib/errors';
import type { JobError } from '@/types/jobs';

const DONE: Record<ErrorClass, string> = {
  retryable: 'We tried as often as the queue allows and then stopped; what was finished is kept.',
  permanent: 'We did not try again, because the same work would fail the same way.',
  cancelled: 'What was finished stays readable.',
  interrupted: 'Nothing more was written by this attempt.',
  bug: 'We tried again and recorded the failure for our engineers.',
};

const ADVICE: Record<ErrorClass, string> = {
  retryable: 'Retry the job later.',
  permanent: 'Correct what is named, then retry the job.',
  cancelled: 'Retry the job if you need it after all.',
  interrupted: 'Retry the job if it does not go on by itself.',
  bug: 'Retry the job; if it fails again, report its id.',
};

/**
 * A failure as a job keeps it and people read it: what happened, what we did about it, and what the person can do.
 * @param fate whether the job goes on by itself (`retry`) or has ended (`failed`).
 */
export function toJobError(error: AppError, fate: 'retry' | 'failed'): JobError {
  const { code, spec, extras } = error;
  const retryable = spec.class === 'retryable' || spec.class === 'bug';
  const message =
    fate === 'retry'
      ? `${whatHappened(error)} We try again by ourselves; there is nothing you have to do.`
      : `${whatHappened(error)} ${DONE[spec.class]} ${spec.advice ?? ADVICE[spec.class]}`;
  // Shown with the time at which it takes requests again.
  return { code, message, retryable, ...(typeof extras.provider === 'string' ? { provider: extras.provider } : {}) };
}

/** The text of this occurrence where it has one; the table's detail is about requests, so its title stands in. */
function whatHappened({ code, detail, spec }: AppError): string {
  const text = detail === ERRORS[code].detail ? spec.title : detail;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
