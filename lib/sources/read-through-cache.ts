import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from './define-source';
import type { CachedAnswer, SourceCache } from './source-cache';

/** What asking a provider came to; `unchanged` when it confirms the kept answer. */
export type FetchedAnswer<T> =
  | { outcome: 'ok'; data: T; body: string; etag: string | null; sha256: string }
  | { outcome: 'empty'; sha256: string }
  | { outcome: 'unchanged' };

export type CachedRead<T> = {
  key: string;
  source: string;
  lifetimeMs: number;
  /** Reads a document back; null when it no longer fits. */
  parse(body: string): T | null;
  fetch(etag: string | null): Promise<FetchedAnswer<T>>;
  /** Serves the kept answer also when the provider takes no more requests, instead of letting the job wait for it. */
  servesWhenLimited?: boolean;
};

export type Answer<T> = { data: T | null; sha256: string; retrievedAt: string; stale: boolean };

/** Nothing is kept of what may only be read from the cache. */
export class NothingKept extends Error {
  constructor(key: string) {
    super(`Nothing is kept under ${key}`);
  }
}

/** Failures during which an older answer is better than none. */
const DOWN: readonly ErrorCode[] = ['provider_unavailable', 'provider_contract'];

/** Reads that are under way, by the cache of their job: sources build on each other, and what two want is asked once. */
const underWay = new WeakMap<SourceCache, Map<string, Promise<unknown>>>();

/**
 * Answers from the cache while it is fresh, else from the provider; while that is down, from the cache again, marked stale.
 * Where nobody may be asked, what is kept serves, marked stale when it is no longer fresh.
 * @returns the answer; `data` is null where there is nothing.
 * @throws NothingKept where nobody may be asked.
 */
export function readThroughCache<T>(ctx: SourceContext, read: CachedRead<T>): Promise<Answer<T>> {
  const reads = underWay.get(ctx.cache) ?? new Map<string, Promise<unknown>>();
  underWay.set(ctx.cache, reads);
  const { key } = read;
  const known = reads.get(key);
  // A key names its source, so what is read under it is of this read's type.
  if (known !== undefined) return known as Promise<Answer<T>>;
  if (ctx.keptOnly === true) return readKept(ctx, read);
  const begun = readKeptOrAsk(ctx, read).finally(() => reads.delete(key));
  reads.set(key, begun);
  return begun;
}

async function readKept<T>(ctx: SourceContext, read: CachedRead<T>): Promise<Answer<T>> {
  const kept = await keptAnswer(ctx, read);
  if (kept === null) throw new NothingKept(read.key);
  return toAnswer(kept, !serves(ctx, kept.answer));
}

async function readKeptOrAsk<T>(ctx: SourceContext, read: CachedRead<T>): Promise<Answer<T>> {
  const kept = await keptAnswer(ctx, read);
  if (kept !== null && serves(ctx, kept.answer)) return toAnswer(kept, false);
  try {
    const fetched = await read.fetch(ctx.notBefore === null ? (kept?.answer.etag ?? null) : null);
    return await keep(ctx, read, fetched, kept);
  } catch (error) {
    const limited =
      read.servesWhenLimited === true && error instanceof AppError && error.code === 'provider_rate_limited';
    const down = error instanceof AppError && DOWN.includes(error.code);
    if (kept !== null && (down || limited)) return toAnswer(kept, true);
    throw error;
  }
}

function serves({ now, notBefore }: SourceContext, { expiresAt, retrievedAt }: CachedAnswer): boolean {
  if (Date.parse(expiresAt) <= now().getTime()) return false;
  return notBefore === null || Date.parse(retrievedAt) >= notBefore.getTime();
}

type Kept<T> = { answer: CachedAnswer; data: T | null };

async function keptAnswer<T>(ctx: SourceContext, { key, parse }: CachedRead<T>): Promise<Kept<T> | null> {
  const answer = await ctx.cache.get(key);
  if (answer === null) return null;
  if (answer.outcome === 'empty') return { answer, data: null };
  const data = parse(answer.body);
  return data === null ? null : { answer, data };
}

async function keep<T>(
  ctx: SourceContext,
  { key, source, lifetimeMs }: CachedRead<T>,
  fetched: FetchedAnswer<T>,
  kept: Kept<T> | null,
): Promise<Answer<T>> {
  const retrievedAt = ctx.now().toISOString();
  const expiresAt = new Date(ctx.now().getTime() + lifetimeMs).toISOString();
  const now = { retrievedAt, expiresAt };
  const sameVersion = fetched.outcome === 'ok' && fetched.etag !== null && fetched.etag === kept?.answer.etag;
  // The same version is the same document, whatever the order of its members this time.
  const same = fetched.outcome === 'unchanged' || (sameVersion && ctx.notBefore === null);
  if (same && kept !== null) {
    const answer = { ...kept.answer, ...now };
    await ctx.cache.put(key, source, answer);
    return toAnswer({ answer, data: kept.data }, false);
  }
  if (fetched.outcome === 'unchanged') {
    throw new AppError('provider_contract', {
      detail: 'The provider says that nothing changed, but nothing was kept.',
    });
  }
  const ok = fetched.outcome === 'ok';
  const answer: CachedAnswer = {
    outcome: fetched.outcome,
    body: ok ? fetched.body : '',
    etag: ok ? fetched.etag : null,
    sha256: fetched.sha256,
    ...now,
  };
  await ctx.cache.put(key, source, answer);
  return toAnswer({ answer, data: ok ? fetched.data : null }, false);
}

function toAnswer<T>({ answer, data }: Kept<T>, stale: boolean): Answer<T> {
  return { data, sha256: answer.sha256, retrievedAt: answer.retrievedAt, stale };
}
