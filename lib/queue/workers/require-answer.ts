import { AppError } from '@/lib/errors';
import type { SourceId } from '@/lib/sources/registry';
import type { JobContext } from '../job-context';

/**
 * For work that means nothing without one source. A job reads a source once, so asking again costs nothing.
 * @throws AppError `provider_unavailable` when the source could not be read: the job tries again instead of presenting
 *   an outage as a result. A source that answers with nothing, or is not set up, is an answer.
 */
export async function requireAnswer(ctx: JobContext, source: SourceId): Promise<void> {
  const answer = await ctx.sources.read(source, { companyNumber: ctx.companyId });
  if (answer.outcome !== 'unavailable') return;
  const retryAt = answer.retryAt === null ? {} : { retryAt: new Date(answer.retryAt) };
  throw new AppError('provider_unavailable', { detail: answer.reason, ...retryAt });
}
