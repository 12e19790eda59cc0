import { setMaxListeners } from 'node:events';
import type { ProviderSettings } from '@/lib/config';
import type { SourceContext } from '@/lib/sources/define-source';
import type { ImportedData } from '@/lib/sources/imported-data';
import { noMeter } from '@/lib/sources/outbound/call-meter';
import { createCircuitBreaker } from '@/lib/sources/outbound/circuit-breaker';
import { webGuard } from '@/lib/sources/outbound/outbound-guard';
import { createProviderAccess, type ProviderChannel } from '@/lib/sources/outbound/provider-access';
import { type ProviderId, providerSpec } from '@/lib/sources/providers';
import { memoryCache } from '@/lib/sources/source-cache';
import { createWebAccess } from '@/lib/sources/web/web-access';
import { memoryAwards } from './memory-awards';

/** A budget that never ends. */
const unlimited = { take: async () => undefined, block: async () => undefined };

type Overrides = Partial<SourceContext> & {
  /** Of single providers: another budget, time limit, key or address. */
  channels?: {
    [K in ProviderId]?: Partial<Omit<ProviderChannel, 'settings'>> & { settings?: Partial<ProviderSettings> };
  };
};

/**
 * What sources need, without a database and without Redis: answers are kept in this context only.
 * @param sandboxUrl address of a running sandbox.
 */
export function sourceContext(sandboxUrl: string, { channels = {}, ...overrides }: Overrides = {}): SourceContext {
  const signal = overrides.signal ?? new AbortController().signal;
  // As in a running installation: every request listens.
  setMaxListeners(0, signal);
  const now = overrides.now ?? (() => new Date());
  const cache = overrides.cache ?? memoryCache();
  const opened = new Map<ProviderId, ProviderChannel>();
  const channelOf = (id: ProviderId) => {
    const channel = opened.get(id) ?? testChannel(id, sandboxUrl, channels[id]);
    opened.set(id, channel);
    return channel;
  };
  return {
    signal,
    now,
    notBefore: null,
    cache,
    provider: (id) => createProviderAccess(id, signal, channelOf(id)),
    web: createWebAccess({
      signal,
      now,
      cache,
      guard: webGuard(),
      userAgent: 'oppSpot/0.1 (company research; +http://127.0.0.1/contact)',
      budgetOf: () => unlimited,
      meter: noMeter(),
      sandboxUrl,
      timeoutMs: 3_000,
    }),
    imported: nothingImported(),
    ...overrides,
  };
}

/** Files that an installation may have imported, none of them here; awards are kept in memory. */
export function nothingImported(): ImportedData {
  return {
    awards: memoryAwards(),
    addresses: {
      companiesAtAddressOf: async () => ({ is_imported: false, file_of: null, imported_at: null, office: null }),
    },
    payGap: { returnsOf: async () => ({ years: [], imported_at: null, returns: [] }) },
  };
}

function testChannel(
  id: ProviderId,
  sandboxUrl: string,
  overrides: NonNullable<Overrides['channels']>[ProviderId] = {},
) {
  const { settings, ...rest } = overrides;
  const { name, limit } = providerSpec(id);
  return {
    budget: unlimited,
    breaker: createCircuitBreaker({ provider: name }),
    meter: noMeter(),
    timeoutMs: 3_000,
    ...rest,
    settings: { apiKey: 'test-key', baseUrl: `${sandboxUrl}/${id.replaceAll('_', '-')}`, limit, ...settings },
  };
}
