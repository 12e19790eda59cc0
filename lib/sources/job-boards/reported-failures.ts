import { AppError, type ErrorCode } from '@/lib/errors';

/** Failures of one board that leave the others standing. */
const REPORTED: readonly ErrorCode[] = [
  'provider_unavailable',
  'provider_contract',
  'provider_rejected',
  'provider_credits',
  'provider_rate_limited',
  'robots_disallowed',
  'address_refused',
];

/** @returns whether the failure is one that a report lives with. */
export function isReported(error: unknown): error is AppError {
  return error instanceof AppError && REPORTED.includes(error.code);
}
