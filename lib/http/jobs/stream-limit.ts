import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';

/** Streams end when their jobs do; nobody can say when that is. */
const TRY_AGAIN_MS = 15_000;

/**
 * Counts an event stream of a user in this process.
 * @returns a function that takes it off again; calling it twice does no harm.
 * @throws AppError `rate_limited` when the user has too many open already.
 */
export function takeStream(userId: string): () => void {
  const open = singleton('http:streams-of-users', () => new Map<string, number>());
  const limit = config().web.eventStreamsPerUser;
  const count = open.get(userId) ?? 0;
  if (count >= limit) {
    throw new AppError('rate_limited', {
      detail: `You have ${limit} event streams open, and more are not accepted. Close one, or poll the job instead.`,
      retryAt: new Date(Date.now() + TRY_AGAIN_MS),
    });
  }
  open.set(userId, count + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const left = (open.get(userId) ?? 1) - 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  };
}
