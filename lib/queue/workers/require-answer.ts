import { AppError } from '@/lib/errors';
import type { SourceId } from '@/lib/sources/registry';
import type { JobContext } from '../job-context';

/**
 * For work that means nothing without one source. A job reads a source once, so asking again costs nothing.
 * @throws AppError the source's failure when it could not be read: an outage is not presented as a result, and whether the
 *   job tries again is up to the failure. A source that answers with nothing, or is not set up, is an answer.
 */
export async function requireAnswer(ctx: JobContext, source: SourceId): Promise<void> {
  const answer = await ctx.sources.read(source, { companyNumber: ctx.companyId });
  if (answer.outcome !== 'unavailable') return;
  const retryAt = answer.retryAt === null ? {} : { retryAt: new Date(answer.retryAt) };
  throw new AppError(answer.code, { detail: answer.reason, ...retryAt });
}
