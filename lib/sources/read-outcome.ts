import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from './define-source';
import { type ProviderAccess, providerSpec } from './providers';
import { NothingKept } from './read-through-cache';
import type { SourceOutcome } from './source';

const NOT_READ_YET = 'It was not read yet; a research reads it.';

/** Failures that a report lives with; the others stop the job or delay it. */
const REPORTED: readonly ErrorCode[] = [
  'provider_unavailable',
  'provider_contract',
  'provider_rejected',
  'provider_credits',
  'address_refused',
  'robots_disallowed',
];

/**
 * Runs the reading of a source and turns failures into outcomes.
 * @param access of the provider; null for the web.
 * @throws AppError `provider_rate_limited` of a provider for which the job waits, and what is no failure of a provider.
 */
export async function readOutcome<T>(
  ctx: SourceContext,
  source: string,
  access: ProviderAccess | null,
  read: () => Promise<SourceOutcome<T>>,
): Promise<SourceOutcome<T>> {
  const at = ctx.now().toISOString();
  if (access?.isConfigured === false) {
    return { outcome: 'skipped', source, reason: `${access.name} key not configured`, at };
  }
  try {
    return await read();
  } catch (error) {
    if (error instanceof NothingKept) return { outcome: 'skipped', source, reason: NOT_READ_YET, at };
    if (!(error instanceof AppError) || !isReported(error, access)) throw error;
    const retryAt = error.retryAt?.toISOString() ?? null;
    return { outcome: 'unavailable', source, code: error.code, reason: error.detail, retryAt, at };
  }
}

/** Whether a report lives with the failure; `access` is null for what is no essential provider. */
export function isReported(error: AppError, access: ProviderAccess | null): boolean {
  if (REPORTED.includes(error.code)) return true;
  return error.code === 'provider_rate_limited' && (access === null || providerSpec(access.id).essential !== true);
}
