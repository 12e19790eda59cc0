import { getCompany } from '@/lib/companies/company-repository';
import { config } from '@/lib/config';
import { withoutPeople } from '@/lib/privacy/person-name';
import { removedNames } from '@/lib/privacy/removals';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { accountsSource } from './accounts/accounts-source';
import { chargesSource } from './companies-house/charges-source';
import { exemptionsSource } from './companies-house/exemptions-source';
import { filingHistorySource } from './companies-house/filing-history-source';
import { insolvencySource } from './companies-house/insolvency-source';
import { officersSource } from './companies-house/officers-source';
import { parentChainSource } from './companies-house/parent-chain-source';
import { profileSource } from './companies-house/profile-source';
import { pscSource } from './companies-house/psc-source';
import { pscStatementsSource } from './companies-house/psc-statements-source';
import { contractsFinderSource } from './contracts-finder/awards-source';
import type { SourceContext, SourceDefinition, SourceInput } from './define-source';
import { findATenderSource } from './find-a-tender/awards-source';
import { gazetteSource } from './gazette/notices-source';
import { payGapSource } from './gender-pay-gap/pay-gap-source';
import { gleifSource } from './gleif/entity-source';
import { jobLocationHistorySource } from './history/job-location-history';
import { websiteHistorySource } from './history/website-history';
import { databaseImports } from './imported-data';
import { jobBoardRolesSource } from './job-boards/job-board-roles-source';
import { newsSource } from './news/news-source';
import { oncePerJob } from './once-per-job';
import { sharedAccess } from './outbound/shared-access';
import { sameAddressSource } from './register-file/same-address-source';
import type { SourceOutcome } from './source';
import { databaseCache } from './source-cache';
import { websiteSource } from './website/website-source';

const jobBoardRoles = oncePerJob(jobBoardRolesSource(websiteSource));

/** Every source: one file and one line each. */
const SOURCES = {
  'companies_house.profile': profileSource,
  'companies_house.officers': officersSource,
  'companies_house.filing_history': filingHistorySource,
  'companies_house.psc': pscSource,
  'companies_house.psc_statements': pscStatementsSource,
  'companies_house.exemptions': exemptionsSource,
  'companies_house.parent_chain': parentChainSource,
  'companies_house.charges': chargesSource,
  'companies_house.insolvency': insolvencySource,
  'accounts.figures': accountsSource,
  'gleif.entity': gleifSource,
  'contracts_finder.awards': contractsFinderSource,
  'find_a_tender.awards': findATenderSource,
  'gazette.notices': gazetteSource,
  'gender_pay_gap.returns': payGapSource,
  'register_file.same_address': sameAddressSource,
  'website.pages': websiteSource,
  'website.history': websiteHistorySource(websiteSource),
  'job_boards.roles': jobBoardRoles,
  'job_boards.history': jobLocationHistorySource(jobBoardRoles),
  'news.articles': newsSource,
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

/** Sources that cost many requests: what is asked of a million companies looks at what is kept of them only. */
export const COSTLY_SOURCES = [
  'website.pages',
  'website.history',
  'job_boards.roles',
  'job_boards.history',
  'news.articles',
] as const satisfies SourceId[];
export type KeptSourceId = (typeof COSTLY_SOURCES)[number];

/** The sources of one job. */
export type Sources = {
  /**
   * Reads one source; the same read twice costs one call.
   * @throws AppError `provider_rate_limited` with `retryAt`, and the reason of the job's abort signal.
   */
  read<K extends SourceId>(id: K, input: SourceInput): Promise<SourceOutcome<SourceData[K]>>;
  /**
   * What this job has read or what is kept of earlier jobs, however old; nobody is asked for anything.
   * @returns `skipped` where there is neither.
   */
  readKept<K extends KeptSourceId>(id: K, input: SourceInput): Promise<SourceOutcome<SourceData[K]>>;
};

/** What our own tables know of a company, for sources that cannot be asked by number alone. */
type FactsOf = (companyNumber: string) => Promise<Omit<SourceInput, 'companyNumber'>>;

/** The names of people who do not want to be named, of a company. */
type RemovedOf = (companyNumber: string) => Promise<readonly string[]>;

/**
 * @param factsOf fills in what a caller does not say; the register itself needs nothing but the number.
 * @param removedOf names that no answer may hold; they are left out of whatever a source says.
 * @returns the sources in a given context: for tests and for whoever has no database.
 */
export function createSourcesIn(
  ctx: SourceContext,
  factsOf: FactsOf = async () => ({}),
  removedOf: RemovedOf = async () => [],
): Sources {
  const reads = new Map<string, Promise<unknown>>();
  const facts = new Map<string, ReturnType<FactsOf>>();
  const removed = new Map<string, ReturnType<RemovedOf>>();
  async function readWithFacts<K extends SourceId>(id: K, input: SourceInput, within: SourceContext) {
    if (id.startsWith('companies_house.')) return definitions[id].read(within, input);
    const known = facts.get(input.companyNumber) ?? factsOf(input.companyNumber);
    facts.set(input.companyNumber, known);
    return definitions[id].read(within, { ...(await known), ...input });
  }
  async function readRespectfully<K extends SourceId>(id: K, input: SourceInput, within = ctx) {
    const names = removed.get(input.companyNumber) ?? removedOf(input.companyNumber);
    removed.set(input.companyNumber, names);
    const [outcome, unwanted] = await Promise.all([readWithFacts(id, input, within), names]);
    return outcome.outcome === 'ok' ? { ...outcome, data: withoutPeople(outcome.data, unwanted) } : outcome;
  }
  const keyOf = (id: SourceId, input: SourceInput) => `${id}:${JSON.stringify(input)}`;
  return {
    readKept<K extends KeptSourceId>(id: K, input: SourceInput) {
      const known = reads.get(keyOf(id, input));
      const read = known ?? readRespectfully(id, input, { ...ctx, keptOnly: true });
      if (known === undefined) read.catch(() => removed.delete(input.companyNumber));
      // See below.
      return read as Promise<SourceOutcome<SourceData[K]>>;
    },
    read<K extends SourceId>(id: K, input: SourceInput) {
      const key = keyOf(id, input);
      const read = reads.get(key) ?? readRespectfully(id, input);
      reads.set(key, read);
      // A failed read is tried again by whoever asks next.
      read.catch(() => {
        reads.delete(key);
        removed.delete(input.companyNumber);
      });
      // The key holds the id, so what was kept under it is of this id's type.
      return read as Promise<SourceOutcome<SourceData[K]>>;
    },
  };
}

/** @returns the same sources, of which the costly ones are looked up among what is kept and never asked. */
export function keptWhereCostly(sources: Sources): Sources {
  return {
    readKept: sources.readKept,
    read: (id, input) => (isCostly(id) ? sources.readKept(id, input) : sources.read(id, input)),
  };
}

function isCostly<K extends SourceId>(id: K): id is K & KeptSourceId {
  return COSTLY_SOURCES.some((costly) => costly === id);
}

export type SourcesOptions = {
  /** Aborted when the job must stop. */
  signal: AbortSignal;
  now(): Date;
  db: ServiceClient;
  /** For `force_refresh`, when it was asked for: only answers from then on are used, be they of an earlier attempt. */
  notBefore?: Date | null;
  /** Work of a batch: leaves a part of every provider's budget to people. */
  batch?: boolean;
};

/** @returns the sources of one job, with the configured providers, the shared cache and the shared budgets. */
export function createSources(options: SourcesOptions): Sources {
  const { signal, now, db, notBefore = null, batch = false } = options;
  const cache = databaseCache(db);
  const ctx: SourceContext = {
    signal,
    now,
    notBefore,
    cache,
    ...sharedAccess({ signal, now, cache, batch }),
    imported: databaseImports(db),
    newsFeeds: config().sources.newsFeeds,
  };
  return createSourcesIn(
    ctx,
    (companyNumber) => companyFactsOf(db, companyNumber),
    (companyNumber) => removedNames(db, companyNumber),
  );
}

async function companyFactsOf(db: ServiceClient, companyNumber: string): ReturnType<FactsOf> {
  const company = await getCompany(db, companyNumber);
  return company === null ? {} : { companyName: company.name, postcode: company.postal_code };
}
