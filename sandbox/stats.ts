type ProviderStats = { total: number; statuses: Record<string, number>; paths: Record<string, number> };

export type Stats = {
  count(provider: string, path: string, status: number): void;
  read(): { total: number; since: string; providers: Record<string, ProviderStats> };
  clear(): void;
};

/** Counts what was asked, for tests of request budgets. */
export function createStats(now: () => Date): Stats {
  let since = now();
  let providers: Record<string, ProviderStats> = {};
  return {
    count(provider, path, status) {
      const entry = providers[provider] ?? { total: 0, statuses: {}, paths: {} };
      providers[provider] = entry;
      entry.total += 1;
      entry.statuses[status] = (entry.statuses[status] ?? 0) + 1;
      entry.paths[path] = (entry.paths[path] ?? 0) + 1;
    },
    read() {
      const total = Object.values(providers).reduce((sum, entry) => sum + entry.total, 0);
      return { total, since: since.toISOString(), providers };
    },
    clear() {
      since = now();
      providers = {};
    },
  };
}
