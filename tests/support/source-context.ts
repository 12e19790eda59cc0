import type { SourceContext } from '@/lib/sources/define-source';
import { memoryCache } from '@/lib/sources/source-cache';

/** A budget that never ends. */
const unlimited = { take: async () => undefined, block: async () => undefined };

/**
 * What sources need, without a database and without Redis: answers are kept in this context only.
 * @param sandboxUrl address of a running sandbox.
 */
export function sourceContext(sandboxUrl: string, overrides: Partial<SourceContext> = {}): SourceContext {
  return {
    signal: new AbortController().signal,
    now: () => new Date(),
    force: false,
    cache: memoryCache(),
    companiesHouse: {
      apiKey: 'test-key',
      baseUrl: `${sandboxUrl}/companies-house`,
      budget: unlimited,
      timeoutMs: 3_000,
    },
    ...overrides,
  };
}
