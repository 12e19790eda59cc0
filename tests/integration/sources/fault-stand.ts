import { AppError } from '@/lib/errors';
import type { SourceContext, SourceInput } from '@/lib/sources/define-source';
import { noMeter } from '@/lib/sources/outbound/call-meter';
import { webGuard } from '@/lib/sources/outbound/outbound-guard';
import type { AwardStore } from '@/lib/sources/procurement/award-store';
import { PROVIDER_IDS } from '@/lib/sources/providers';
import type { RateBudget } from '@/lib/sources/rate-budget';
import { createSourcesIn, type SourceId } from '@/lib/sources/registry';
import type { SourceOutcome } from '@/lib/sources/source';
import { memoryCache, type SourceCache } from '@/lib/sources/source-cache';
import { createWebAccess } from '@/lib/sources/web/web-access';
import { openTestSandbox, type TestSandbox } from '@/tests/support/faulty-sandbox';
import { memoryAwards } from '@/tests/support/memory-awards';
import { sourceContext } from '@/tests/support/source-context';

export const TODAY = new Date('2026-11-23T09:00:00.000Z');
/** Short, so that a provider that hangs is given up soon. */
const TIMEOUT_MS = 800;
/** Where nothing is disturbed: a busy machine must not look like a provider that hangs. */
export const PATIENT_MS = 15_000;
const PLENTY = { limit: 1_000_000, windowSeconds: 60 };
/** Members that say when, how and by which way something was found, not what was found. */
const ABOUT_THE_READING =
  /^(retrieved_?at|read_at|sha256|etag|looked_(from|to)|match|proof|page|pages_read|channels|unread|candidates)$/i;

export type Read = {
  outcome: SourceOutcome<unknown> | AppError;
  /** Requests that a provider got, by provider. Object storages are nobody's budget. */
  requests: Record<string, number>;
  /** Requests that were taken from budgets. */
  taken: number;
};

/** What is kept from one read to the next. */
export type Memory = { cache: SourceCache; awards: AwardStore };

export function openMemory(): Memory {
  return { cache: memoryCache(), awards: memoryAwards() };
}

/** A sandbox whose own limits are out of the way: here it is asked far more often than in earnest. */
export function openStand(): Promise<TestSandbox> {
  const rates = Object.fromEntries(PROVIDER_IDS.map((id) => [id.replaceAll('_', '-'), PLENTY]));
  return openTestSandbox({ rateLimit: PLENTY.limit, rates });
}

/** Reads one source in a context of its own, and counts what that took. */
export async function readSource(
  sandbox: TestSandbox,
  id: SourceId,
  input: SourceInput,
  {
    memory = openMemory(),
    now = TODAY,
    timeoutMs = TIMEOUT_MS,
  }: { memory?: Memory; now?: Date; timeoutMs?: number } = {},
): Promise<Read> {
  const before = await requestsOf(sandbox);
  let taken = 0;
  const budget: RateBudget = {
    async take(signal) {
      signal.throwIfAborted();
      taken += 1;
    },
    block: async () => undefined,
  };
  const sources = createSourcesIn(contextOf(sandbox.url, memory, now, budget, timeoutMs));
  const outcome = await sources.read(id, input).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  const after = await requestsOf(sandbox);
  const requests = Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
  return { outcome, requests, taken };
}

function contextOf(
  sandboxUrl: string,
  { cache, awards }: Memory,
  now: Date,
  budget: RateBudget,
  timeoutMs: number,
): SourceContext {
  const signal = new AbortController().signal;
  const channels = Object.fromEntries(PROVIDER_IDS.map((id) => [id, { budget, timeoutMs }]));
  const web = createWebAccess({
    signal,
    now: () => now,
    cache,
    guard: webGuard(),
    userAgent: 'oppSpot/0.1 (company research; +http://127.0.0.1/contact)',
    budgetOf: () => budget,
    meter: noMeter(),
    sandboxUrl,
    timeoutMs,
  });
  const context = sourceContext(sandboxUrl, { signal, now: () => now, cache, channels, web });
  return { ...context, imported: { ...context.imported, awards } };
}

async function requestsOf(sandbox: TestSandbox): Promise<Record<string, number>> {
  const names = [...PROVIDER_IDS.map((id) => id.replaceAll('_', '-')), 'web', 'llm'];
  const counts = await Promise.all(
    names.map(async (name) => {
      const { paths } = await sandbox.stats(name);
      const own = Object.entries(paths).filter(([path]) => !path.startsWith('/storage/'));
      return [name, own.reduce((sum, [, count]) => sum + count, 0)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** @returns what an answer says that the true answer does not: texts and numbers, wherever they stand. */
export function inventedIn(data: unknown, truth: unknown): string[] {
  const known = new Set(leavesOf(truth));
  const texts = [...known].filter((leaf) => leaf.length > 40);
  return leavesOf(data).filter((leaf) => {
    if (known.has(leaf)) return false;
    // The beginning of a longer text is no invention.
    return !(leaf.length > 40 && texts.some((text) => text.includes(leaf.slice(1, -1).trim())));
  });
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value instanceof Object) {
    return Object.entries(value)
      .filter(([name, member]) => !ABOUT_THE_READING.test(name) && !(name === 'pages' && typeof member === 'number'))
      .flatMap(([, member]) => leavesOf(member));
  }
  return typeof value === 'string' || typeof value === 'number' ? [JSON.stringify(value)] : [];
}

/** What an outcome says, without when it was read. */
export function contentOf(outcome: Read['outcome']): unknown {
  if (outcome instanceof AppError || !('data' in outcome)) return null;
  return JSON.parse(
    JSON.stringify(outcome.data, (name, member) => (ABOUT_THE_READING.test(name) ? undefined : member)),
  );
}
