import type { RateBudget } from './rate-budget';
import type { SourceOutcome } from './source';
import type { SourceCache } from './source-cache';

export type SourceInput = { companyNumber: string };

export type CompaniesHouseAccess = {
  /** Absent: only a stand-in at another address is asked. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly budget: RateBudget;
  /** Of one request; 10 s when absent. */
  readonly timeoutMs?: number;
};

/** Everything a source may use. */
export type SourceContext = {
  /** Aborted when the job must stop; its reason is thrown unchanged. */
  readonly signal: AbortSignal;
  now(): Date;
  /** True: ask the provider again although a kept answer is still fresh. */
  readonly force: boolean;
  readonly cache: SourceCache;
  readonly companiesHouse: CompaniesHouseAccess;
};

/** One thing that can be read about a company. */
export type SourceDefinition<T> = {
  readonly id: string;
  /**
   * @throws AppError `provider_rate_limited` when the provider takes no more requests before `retryAt`, and the reason of
   * `ctx.signal` when it is aborted. Every other failure is an outcome, so that a report can say what is missing.
   */
  read(ctx: SourceContext, input: SourceInput): Promise<SourceOutcome<T>>;
};
