import { createHash } from 'node:crypto';
import { AppError } from '@/lib/errors';

const MAX_WAIT_SECONDS = 20;
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * The `Idempotency-Key` header, or null.
 * @throws AppError `invalid_request` when it is empty, longer than 255 characters, or holds spaces or non-ASCII.
 */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null) return null;
  if (KEY_PATTERN.test(key)) return key;
  throw new AppError('invalid_request', {
    detail: 'The Idempotency-Key must be 1 to 255 printable ASCII characters without spaces. Nothing was changed.',
    extras: { errors: [{ in: 'header', field: 'Idempotency-Key', problem: 'must be 1 to 255 printable characters' }] },
  });
}

/** Milliseconds that `Prefer: wait=N` asks to wait for the end of the job; 0 without it, at most 20 s. */
export function readWaitMs(request: Request): number {
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(request.headers.get('prefer') ?? '');
  return Math.min(Number(match?.[1] ?? 0), MAX_WAIT_SECONDS) * 1000;
}

/** A fingerprint of what was asked for, independent of the order of members: tells a replay from a reused key. */
export function hashRequest(parts: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(parts)))
    .digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sortKeys(member)]),
  );
}
