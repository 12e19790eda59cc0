import type { ServiceClient } from '@/lib/supabase/service-client';
import type {
  ChargeList,
  CompanyProfile,
  FilingHistory,
  Insolvency,
  OfficerList,
  PscList,
  PscStatementList,
} from './companies-house/schema';
import type { SourceInput } from './define-source';
import type { SourceOutcome } from './source';

/** What each source answers with: the provider's own document, parsed, with the provider's names. */
export type SourceData = {
  'companies_house.profile': CompanyProfile;
  'companies_house.officers': OfficerList;
  'companies_house.filing_history': FilingHistory;
  'companies_house.psc': PscList;
  'companies_house.psc_statements': PscStatementList;
  'companies_house.charges': ChargeList;
  'companies_house.insolvency': Insolvency;
};
export type SourceId = keyof SourceData;

/** The sources of one job. */
export type Sources = {
  /**
   * Reads one source; the same read twice costs one call.
   * @throws AppError `provider_rate_limited` with `retryAt`, and the reason of the job's abort signal.
   */
  read<K extends SourceId>(id: K, input: SourceInput): Promise<SourceOutcome<SourceData[K]>>;
};

export type SourcesOptions = {
  signal: AbortSignal;
  now(): Date;
  db: ServiceClient;
  /** True for `force_refresh`: fresh kept answers are not used. */
  force?: boolean;
};

export declare function createSources(options: SourcesOptions): Sources;
