import type { HttpAnswer } from './http';

/** What we know of a provider: contract and limits as in docs/sources.md. */
export type ProviderSpec = {
  /** As people read it. */
  readonly name: string;
  /** The page that people can open, where there is one for the whole provider. */
  readonly page?: string;
  /** Public address of the API. `{account}` stands for a label that each request names, such as a company's subdomain. */
  readonly baseUrl: string;
  /** `required`: without a key only a stand-in is asked. */
  readonly key: 'required' | 'optional' | 'none';
  /** Uses the key and the budget of another provider: one account. */
  readonly account?: 'companies_house';
  /** Requests in any window of `windowMs`, over all workers. */
  readonly limit: number;
  readonly windowMs: number;
  /** Longest wait for a place in the window; 2 s when absent. */
  readonly maxWaitMs?: number;
  /** Of one attempt, body included; 10 s when absent. */
  readonly timeoutMs?: number;
  /** Statuses besides 429 that say "too many requests". */
  readonly limitedBy?: readonly number[];
  /** How long "too many requests" without a time lasts; one window when absent. */
  readonly limitedForMs?: number;
  /** A report is worth waiting for it: the job is delayed until it takes requests again. Others are reported as missing. */
  readonly essential?: true;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Providers that name no limit are asked once a second at most. */
const POLITE = { key: 'none', limit: 60, windowMs: MINUTE_MS } as const;

/** Every provider: one entry each. Its settings are the variables that begin with its id in capitals. */
export const PROVIDERS = {
  companies_house: {
    name: 'Companies House',
    page: 'https://find-and-update.company-information.service.gov.uk',
    baseUrl: 'https://api.company-information.service.gov.uk',
    key: 'required',
    limit: 600,
    windowMs: 5 * MINUTE_MS,
    essential: true,
  },
  companies_house_documents: {
    name: 'Companies House documents',
    page: 'https://find-and-update.company-information.service.gov.uk',
    baseUrl: 'https://document-api.company-information.service.gov.uk',
    key: 'required',
    account: 'companies_house',
    limit: 600,
    windowMs: 5 * MINUTE_MS,
    timeoutMs: 20_000,
    essential: true,
  },
  gleif: { name: 'GLEIF', page: 'https://search.gleif.org', baseUrl: 'https://api.gleif.org/api/v1', ...POLITE },
  contracts_finder: {
    name: 'Contracts Finder',
    page: 'https://www.contractsfinder.service.gov.uk',
    baseUrl: 'https://www.contractsfinder.service.gov.uk',
    key: 'none',
    limit: 30,
    windowMs: MINUTE_MS,
    timeoutMs: 20_000,
    limitedBy: [403],
    limitedForMs: 5 * MINUTE_MS,
  },
  find_a_tender: {
    name: 'Find a Tender',
    page: 'https://www.find-tender.service.gov.uk',
    baseUrl: 'https://www.find-tender.service.gov.uk',
    key: 'none',
    limit: 12,
    windowMs: 2 * MINUTE_MS,
    timeoutMs: 20_000,
  },
  gazette: {
    name: 'The Gazette',
    page: 'https://www.thegazette.co.uk',
    baseUrl: 'https://www.thegazette.co.uk',
    ...POLITE,
  },
  greenhouse: { name: 'Greenhouse', baseUrl: 'https://boards-api.greenhouse.io', ...POLITE },
  lever: { name: 'Lever', baseUrl: 'https://api.lever.co', ...POLITE },
  lever_eu: { name: 'Lever (EU)', baseUrl: 'https://api.eu.lever.co', ...POLITE },
  ashby: { name: 'Ashby', baseUrl: 'https://api.ashbyhq.com', ...POLITE },
  workable: { name: 'Workable', baseUrl: 'https://apply.workable.com', ...POLITE },
  recruitee: { name: 'Recruitee', baseUrl: 'https://{account}.recruitee.com', ...POLITE },
  smartrecruiters: { name: 'SmartRecruiters', baseUrl: 'https://api.smartrecruiters.com', ...POLITE },
  gdelt: {
    name: 'GDELT',
    page: 'https://www.gdeltproject.org',
    baseUrl: 'https://api.gdeltproject.org',
    key: 'none',
    limit: 1,
    windowMs: 5_000,
    maxWaitMs: 15_000,
  },
  newsapi: {
    name: 'NewsAPI',
    page: 'https://newsapi.org',
    baseUrl: 'https://newsapi.org',
    key: 'required',
    limit: 100,
    windowMs: DAY_MS,
  },
  google_places: {
    name: 'Google Places',
    page: 'https://maps.google.com',
    baseUrl: 'https://places.googleapis.com',
    key: 'required',
    limit: 600,
    windowMs: MINUTE_MS,
  },
} as const satisfies Record<string, ProviderSpec>;

export type ProviderId = keyof typeof PROVIDERS;

/** Ids of all providers. */
// Object.keys of a literal object: exactly its own keys.
export const PROVIDER_IDS = Object.keys(PROVIDERS) as readonly ProviderId[];

/** @returns what is known of a provider. */
export function providerSpec(id: ProviderId): ProviderSpec {
  return PROVIDERS[id];
}

export type ProviderCall = {
  headers?: Record<string, string>;
  /** Of a kept answer: 304 comes back when it is still the same. */
  etag?: string | null;
  /** Media type asked for; JSON when absent. */
  accept?: string;
  /** Of the body, decompressed; 5 MB when absent. */
  maxBytes?: number;
  /** Of one attempt, body included. */
  timeoutMs?: number;
  /** The answer's `bytes` are set, its `body` is ''. */
  binary?: boolean;
  /** Fills `{account}` of the provider's address: one DNS label. */
  account?: string;
  /** Redirects carry their own signature: our credentials go to the first address only. */
  signedRedirects?: boolean;
};

/** A provider as a source sees it. */
export type ProviderAccess = {
  readonly id: ProviderId;
  readonly name: string;
  readonly baseUrl: string;
  /** A stand-in takes any key, and gets `sandbox` when none is set. */
  readonly apiKey: string | undefined;
  /** False: a key is missing; the source's outcome is `skipped`. */
  readonly isConfigured: boolean;
  /** Where its answers come from, for keys of the cache: a host name, or `sandbox`. */
  readonly origin: string;
  /**
   * Asks within the budget of all workers, through the provider's circuit breaker, with retries as the provider hints.
   * @param path appended to the base address, with its query, such as `/lei-records?page[size]=1`.
   * @returns every answer below 500 that is no refusal: 404 and 304 mean what they mean to the adapter.
   * @throws AppError `provider_rate_limited` with `retryAt`, `provider_rejected` (401, 403), `provider_credits` (402),
   * `provider_unavailable`, `provider_contract` (too large), and the reason of the job's signal.
   */
  get(path: string, call?: ProviderCall): Promise<HttpAnswer>;
  /** As `get`, with a JSON document as body. */
  post(path: string, body: unknown, call?: ProviderCall): Promise<HttpAnswer>;
};
