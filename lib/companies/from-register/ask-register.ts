import { AppError, type ErrorCode } from '@/lib/errors';
import { providerSpec } from '@/lib/sources/providers';

const NAME = providerSpec('companies_house').name;

/** Why the register was not asked, each with what can be done about it. */
const AGAIN = 'This does not mean that there is no such company. Try again in a moment.';
const NO_KEY = 'An operator can set it; until then only companies that were imported are known.';
const ADVICE: Partial<Record<ErrorCode, string>> = {
  misconfigured: NO_KEY,
  provider_rejected: 'An operator has to correct it; until then only companies that were imported are known.',
  provider_credits: AGAIN,
  provider_contract: AGAIN,
  provider_rate_limited: AGAIN,
  provider_unavailable: AGAIN,
};

/**
 * Asks the register for somebody who waits at the screen: it answers soon, or it is said that it could not be asked.
 * @param limitMs for everything, waiting for a place in the shared budget included.
 * @throws AppError `register_unavailable`, which is never the same as "not found"; others as `ask` throws them.
 */
export async function askRegister<T>(limitMs: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timeUp = new AppError('provider_unavailable', {
    detail: `${NAME} did not answer within ${limitMs / 1_000} seconds`,
  });
  const timer = setTimeout(() => limit.abort(timeUp), limitMs);
  try {
    return await ask(limit.signal);
  } catch (error) {
    throw toUnavailable(error);
  } finally {
    clearTimeout(timer);
  }
}

function toUnavailable(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const advice = ADVICE[error.code];
  if (advice === undefined) return error;
  // Words for a job, which waits by itself, are not for a person.
  const isLimit = error.code === 'provider_rate_limited';
  const reason = isLimit ? `${NAME} takes no more requests for now` : error.detail.replace(/\.$/, '');
  return new AppError('register_unavailable', {
    detail: `${reason}. ${advice}`,
    cause: error,
    ...(error.retryAt && { retryAt: error.retryAt }),
  });
}
