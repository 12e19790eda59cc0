import { config } from '@/lib/config';
import { producerRedis } from '@/lib/queue/redis-client';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { accountsSource } from './accounts/accounts-source';
import { chargesSource } from './companies-house/charges-source';
import { filingHistorySource } from './companies-house/filing-history-source';
import { insolvencySource } from './companies-house/insolvency-source';
import { officersSource } from './companies-house/officers-source';
import { profileSource } from './companies-house/profile-source';
import { pscSource } from './companies-house/psc-source';
import { pscStatementsSource } from './companies-house/psc-statements-source';
import { contractsFinderSource } from './contracts-finder/awards-source';
import type { SourceContext, SourceDefinition, SourceInput } from './define-source';
import { findATenderSource } from './find-a-tender/awards-source';
import { gazetteSource } from './gazette/notices-source';
import { payGapSource } from './gender-pay-gap/pay-gap-source';
import { gleifSource } from './gleif/entity-source';
import { databaseImports } from './imported-data';
import { redisMeter } from './outbound/call-meter';
import { webGuard } from './outbound/outbound-guard';
import { createProviderAccess } from './outbound/provider-access';
import { batchPart, sharedChannel, webBudget } from './outbound/shared-channels';
import type { SourceOutcome } from './source';
import { databaseCache, type SourceCache } from './source-cache';
import { createWebAccess, type WebAccess } from './web/web-access';

/** Every source: one file and one line each. */
const SOURCES = {
  'companies_house.profile': profileSource,
  'companies_house.officers': officersSource,
  'companies_house.filing_history': filingHistorySource,
  'companies_house.psc': pscSource,
  'companies_house.psc_statements': pscStatementsSource,
  'companies_house.charges': chargesSource,
  'companies_house.insolvency': insolvencySource,
  'accounts.figures': accountsSource,
  'gleif.entity': gleifSource,
  'contracts_finder.awards': contractsFinderSource,
  'find_a_tender.awards': findATenderSource,
  'gazette.notices': gazetteSource,
  'gender_pay_gap.returns': payGapSource,
};

export type SourceId = keyof typeof SOURCES;

/** What each source answers with: the provider's own document, parsed, with the provider's names. */
export type SourceData = {
  [K in SourceId]: (typeof SOURCES)[K] extends SourceDefinition<infer T> ? T : never;
};

const definitions: { [K in SourceId]: SourceDefinition<SourceData[K]> } = SOURCES;

/** Ids of all sources. */
// Object.keys of a literal object: exactly its own keys.
export const SOURCE_IDS = Object.keys(SOURCES) as readonly SourceId[];

/** The sources of one job. */
export type Sources = {
  /**
   * Reads one source; the same read twice costs one call.
   * @throws AppError `provider_rate_limited` with `retryAt`, and the reason of the job's abort signal.
   */
  read<K extends SourceId>(id: K, input: SourceInput): Promise<SourceOutcome<SourceData[K]>>;
};

/** @returns the sources in a given context: for tests and for whoever has no database. */
export function createSourcesIn(ctx: SourceContext): Sources {
  const reads = new Map<string, Promise<unknown>>();
  return {
    read<K extends SourceId>(id: K, input: SourceInput) {
      const key = `${id}:${JSON.stringify(input)}`;
      const read = reads.get(key) ?? definitions[id].read(ctx, input);
      reads.set(key, read);
      // A failed read is tried again by whoever asks next.
      read.catch(() => reads.delete(key));
      // The key holds the id, so what was kept under it is of this id's type.
      return read as Promise<SourceOutcome<SourceData[K]>>;
    },
  };
}

export type SourcesOptions = {
  /** Aborted when the job must stop. */
  signal: AbortSignal;
  now(): Date;
  db: ServiceClient;
  /** True for `force_refresh`: fresh kept answers are not used. */
  force?: boolean;
  /** Work of a batch: leaves a part of every provider's budget to people. */
  batch?: boolean;
};

/** @returns the sources of one job, with the configured providers, the shared cache and the shared budgets. */
export function createSources(options: SourcesOptions): Sources {
  const { signal, now, db, force = false, batch = false } = options;
  const cache = databaseCache(db);
  return createSourcesIn({
    signal,
    now,
    force,
    cache,
    provider(id) {
      const channel = sharedChannel(id);
      return createProviderAccess(id, signal, batch ? { ...channel, budget: batchPart(channel.budget) } : channel);
    },
    web: sharedWeb(signal, now, cache),
    imported: databaseImports(db),
  });
}

function sharedWeb(signal: AbortSignal, now: () => Date, cache: SourceCache): WebAccess {
  const { sandboxUrl, contactUrl } = config().sources;
  return createWebAccess({
    signal,
    now,
    cache,
    guard: webGuard(),
    userAgent: `oppSpot/0.1 (company research; +${contactUrl})`,
    budgetOf: webBudget,
    meter: redisMeter('web', producerRedis),
    sandboxUrl,
  });
}
