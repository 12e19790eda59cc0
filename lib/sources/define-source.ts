import type { ImportedData } from './imported-data';
import type { ProviderAccess, ProviderId } from './providers';
import type { SourceOutcome } from './source';
import type { SourceCache } from './source-cache';
import type { WebAccess } from './web/web-access';

/** Whom to read about. The optional facts are those of our own table of companies. */
export type SourceInput = {
  companyNumber: string;
  companyName?: string;
  postcode?: string | null;
  /** Address of the company's web site, as a person or the site finder gave it. */
  website?: string | null;
};

/** Everything a source may use. */
export type SourceContext = {
  /** Aborted when the job must stop; its reason is thrown unchanged. */
  readonly signal: AbortSignal;
  now(): Date;
  /** Answers kept before this are asked for again although they are still fresh; null when any fresh one serves. */
  readonly notBefore: Date | null;
  /** Asks nobody: answers that are kept serve, however old, and what is not kept is skipped. */
  readonly keptOnly?: boolean;
  readonly cache: SourceCache;
  /** The one way to a provider of `PROVIDERS`. */
  provider(id: ProviderId): ProviderAccess;
  /** The one way to pages of hosts that people or other pages name. */
  readonly web: WebAccess;
  /** Addresses of feeds of news that an operator chose. */
  readonly newsFeeds?: readonly string[];
  /** What is published for everybody at once and kept in tables of our own. */
  readonly imported: ImportedData;
};

/** One thing that can be read about a company. */
export type SourceDefinition<T> = {
  readonly id: string;
  /**
   * @throws AppError `provider_rate_limited` when an essential provider takes no more requests before `retryAt`, and the
   * reason of `ctx.signal` when it is aborted. Every other failure is an outcome, so that a report can say what is missing.
   */
  read(ctx: SourceContext, input: SourceInput): Promise<SourceOutcome<T>>;
};
