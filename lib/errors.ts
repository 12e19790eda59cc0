/** How the queue treats a failure: never try again, try again after the time the failure names, or back off. */
export type RetryPolicy = 'never' | 'after' | 'backoff';

/**
 * What kind of failure it is (decision 022):
 * - `retryable`: passes by itself; the same work may succeed later.
 * - `permanent`: the same work would fail the same way; one attempt only.
 * - `cancelled`: somebody wanted it to stop.
 * - `interrupted`: this attempt ended, the job goes on elsewhere.
 * - `bug`: nobody foresaw it; tried again within the attempts, and reported as an error each time.
 */
export type ErrorClass = 'retryable' | 'permanent' | 'cancelled' | 'interrupted' | 'bug';

type ErrorSpec = {
  status: number;
  class: ErrorClass;
  retry: RetryPolicy;
  /** What happened, in a few words without a full stop. */
  title: string;
  /** What was done about it and what the person can do, in the answer to a request. */
  detail: string;
  /** What a person can do when a job has ended with it; by default as its class says, see `toJobError`. */
  advice?: string;
};

/**
 * The one table of failures: code -> HTTP status, class, retry policy and public text.
 * The public text says what happened, what was done about it, and what the person can do.
 */
export const ERRORS = {
  invalid_request: {
    status: 400,
    class: 'permanent',
    retry: 'never',
    title: 'The request is not valid',
    detail: 'Correct the named fields and send the request again. Nothing was changed.',
  },
  unauthenticated: {
    status: 401,
    class: 'permanent',
    retry: 'never',
    title: 'You are not signed in',
    detail: 'Sign in, or send a valid access token, and try again.',
  },
  not_found: {
    status: 404,
    class: 'permanent',
    retry: 'never',
    title: 'Not found',
    detail: 'There is nothing here, or it belongs to somebody else.',
  },
  company_not_found: {
    status: 404,
    class: 'permanent',
    retry: 'never',
    title: 'Company unknown',
    detail: 'No company with this id is in the workspace. Search for it by name or number first.',
    advice: 'Search for the company by name or number, then start again.',
  },
  register_unavailable: {
    status: 503,
    class: 'retryable',
    retry: 'backoff',
    title: 'The register could not be asked',
    detail: 'This does not mean that the company does not exist. Nothing was started; try again in a moment.',
  },
  job_not_found: {
    status: 404,
    class: 'permanent',
    retry: 'never',
    title: 'Job not found',
    detail: 'No job of yours has this id.',
  },
  report_not_finished: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The report is still being written',
    detail: 'It can be exported as soon as its research has ended.',
  },
  names_removed: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The names are gone already',
    detail: 'The names of people were removed from this report and cannot be brought back. Research the company again.',
  },
  too_many_removals: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'Too many requests are waiting',
    detail:
      'So many requests for removal wait for an answer that no more are taken. Nothing was saved; try again tomorrow.',
  },
  too_many_shares: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'Too many open links',
    detail: 'This report has 20 open links already. End one of them, then make a new one. Nothing was changed.',
  },
  method_not_allowed: {
    status: 405,
    class: 'permanent',
    retry: 'never',
    title: 'Method not allowed',
    detail: 'This address does not answer this method.',
  },
  cross_site: {
    status: 403,
    class: 'permanent',
    retry: 'never',
    title: 'Request from another site refused',
    detail: 'State changes are accepted from this site or with a bearer token only. Nothing was changed.',
  },
  job_already_finished: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The job has already ended',
    detail: 'A job that has ended cannot be cancelled. Start a new one if you need it again.',
  },
  job_not_retryable: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The job cannot be retried',
    detail: 'Only failed or cancelled jobs can be retried.',
  },
  batch_not_found: {
    status: 404,
    class: 'permanent',
    retry: 'never',
    title: 'Batch not found',
    detail: 'No batch of yours has this id.',
  },
  batch_already_finished: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The batch has already ended',
    detail: 'A batch that has ended cannot be cancelled.',
  },
  batch_not_retryable: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'The batch cannot be retried',
    detail: 'Only a batch that has ended and in which companies failed can be retried.',
  },
  batches_unavailable: {
    status: 409,
    class: 'permanent',
    retry: 'never',
    title: 'Batches need the queue',
    detail:
      'This installation runs jobs inside the request (USE_QUEUE_PROCESSING=false). Start the companies one by one.',
  },
  body_too_large: {
    status: 413,
    class: 'permanent',
    retry: 'never',
    title: 'The request is too large',
    detail: 'Send a smaller body. Nothing was changed.',
  },
  idempotency_key_reused: {
    status: 422,
    class: 'permanent',
    retry: 'never',
    title: 'Idempotency key used for another request',
    detail: 'This Idempotency-Key was already used with a different payload. Use a new key for a new request.',
  },
  quota_exceeded: {
    status: 429,
    class: 'permanent',
    retry: 'never',
    title: 'Monthly research quota used up',
    detail: 'No research was started. The quota starts again at the time given.',
    advice: 'Retry it when the quota starts again.',
  },
  rate_limited: {
    status: 429,
    class: 'retryable',
    retry: 'after',
    title: 'Too many requests',
    detail: 'Wait for the given number of seconds and try again.',
  },
  queue_full: {
    status: 503,
    class: 'retryable',
    retry: 'after',
    title: 'The queue is full',
    detail: 'Nothing was started and nothing was charged. Try again after the given number of seconds.',
  },
  database_unavailable: {
    status: 503,
    class: 'retryable',
    retry: 'backoff',
    title: 'The database does not answer',
    detail: 'Nothing was recorded and nothing was charged. Try again in a moment.',
  },
  redis_unavailable: {
    status: 503,
    class: 'retryable',
    retry: 'backoff',
    title: 'The queue does not answer',
    detail: 'Recorded jobs are kept and go on when it is back. Try again in a moment.',
  },
  provider_rate_limited: {
    status: 503,
    class: 'retryable',
    retry: 'after',
    title: 'A source is limiting our requests',
    detail: 'We wait until the source accepts requests again and then go on by ourselves.',
  },
  provider_unavailable: {
    status: 502,
    class: 'retryable',
    retry: 'backoff',
    title: 'A source did not answer',
    detail: 'Nothing was changed. Try again in a moment.',
  },
  provider_rejected: {
    status: 502,
    class: 'permanent',
    retry: 'never',
    title: 'A source refused our request',
    detail: 'The key for this source is missing, wrong or not allowed. An operator has to correct it.',
    advice: 'An operator has to correct the key; then retry the job.',
  },
  provider_credits: {
    status: 502,
    class: 'permanent',
    retry: 'never',
    title: 'A source wants to be paid',
    detail: 'Our credits with this source are used up. An operator has to buy more.',
    advice: 'An operator has to buy credits; then retry the job.',
  },
  provider_contract: {
    status: 502,
    class: 'permanent',
    retry: 'never',
    title: 'A source answered in an unknown form',
    detail: 'The answer could not be read, so nothing was taken from it. An operator has to look at it.',
    advice: 'Retry it later; if it happens again, tell an operator.',
  },
  address_refused: {
    status: 422,
    class: 'permanent',
    retry: 'never',
    title: 'The address is not one that is asked',
    detail: 'Only pages of the public internet are read, over http or https.',
    advice: 'Correct the address, then retry the job.',
  },
  robots_disallowed: {
    status: 422,
    class: 'permanent',
    retry: 'never',
    title: 'The site does not want to be read',
    detail: 'Its robots.txt asks programs to stay away from this page, so it was not read.',
    advice: 'Nothing can be done here: the owner of the site decides.',
  },
  timed_out: {
    status: 504,
    class: 'retryable',
    retry: 'backoff',
    title: 'The work took too long and was stopped at its time limit',
    detail: 'What was finished is kept. Try again in a moment.',
  },
  cancelled: {
    status: 409,
    class: 'cancelled',
    retry: 'never',
    title: 'The job was cancelled',
    detail: 'What was finished stays readable. It can be retried.',
  },
  lease_lost: {
    status: 409,
    class: 'interrupted',
    retry: 'never',
    title: 'The job moved to another worker',
    detail: 'This attempt wrote nothing more; another attempt carries on.',
  },
  shutting_down: {
    status: 503,
    class: 'interrupted',
    retry: 'after',
    title: 'The worker is restarting',
    detail: 'The job was handed back unchanged and goes on in another worker.',
  },
  worker_busy: {
    status: 503,
    class: 'interrupted',
    retry: 'after',
    title: 'The worker has no room',
    detail: 'The job was handed back unchanged and goes on as soon as a worker has room for it.',
  },
  worker_crashed: {
    status: 500,
    class: 'permanent',
    retry: 'never',
    title: 'The job stopped its worker three times',
    detail: 'It was set aside so that it cannot disturb other work. An admin can look at it and retry it.',
    advice: 'An admin can look at its log; it can be retried.',
  },
  invalid_payload: {
    status: 500,
    class: 'permanent',
    retry: 'never',
    title: 'The recorded job cannot be read',
    detail: 'Its payload does not fit this version of the queue. Start the work again.',
    advice: 'Start the work again from the company.',
  },
  model_budget_exceeded: {
    status: 503,
    class: 'permanent',
    retry: 'never',
    title: 'The budget for the language model is used up',
    detail: 'The model was not asked. What it would have written is written from templates.',
    advice: 'An operator can raise the budget; then retry the job.',
  },
  misconfigured: {
    status: 500,
    class: 'permanent',
    retry: 'never',
    title: 'The service is not set up correctly',
    detail: 'An operator has to correct the configuration.',
    advice: 'An operator has to correct the configuration; then retry the job.',
  },
  internal: {
    status: 500,
    class: 'bug',
    retry: 'backoff',
    title: 'Something went wrong on our side',
    detail: 'It was recorded with the request id. Try again; if it happens again, report the id.',
  },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

type AppErrorOptions = {
  /** Public text for this occurrence; the table's text is used otherwise. */
  detail?: string;
  /** The failure that led here; logged, never shown. */
  cause?: unknown;
  /** Further public members of the problem document, snake_case. */
  extras?: Record<string, unknown>;
  /** When it makes sense to try again. */
  retryAt?: Date;
};

/** A failure with a stable code. Everything that is thrown on purpose is one of these. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly extras: Record<string, unknown>;
  readonly retryAt: Date | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const detail = options.detail ?? ERRORS[code].detail;
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.extras = options.extras ?? {};
    this.retryAt = options.retryAt;
  }

  get spec(): ErrorSpec {
    return ERRORS[this.code];
  }
}

/** Anything thrown, as an AppError: unknown failures become `internal` with the original as cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
