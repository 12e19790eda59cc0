import type { ErrorCode } from '@/lib/errors';

/**
 * What reading a source can come to. "Nothing there" (empty) and "could not look" (unavailable, skipped) are different
 * answers and stay different up to the reader of the report.
 */
export type SourceOutcome<T> =
  | { outcome: 'ok'; data: T; origin: SourceOrigin }
  | { outcome: 'empty'; origin: SourceOrigin; reason: string }
  // The code is of the failure that kept us from looking: it says whether asking again can help.
  | { outcome: 'unavailable'; source: string; code: ErrorCode; reason: string; retryAt: string | null; at: string }
  | { outcome: 'skipped'; source: string; reason: string; at: string };

/** Where an answer comes from: what a report needs to cite it. */
export type SourceOrigin = {
  /** Such as `companies_house.profile`. */
  source: string;
  title: string;
  /** The page a person can open, never the API address. */
  url: string;
  sourceType: string;
  /** ISO instant of the answer; of the original answer when it comes from the cache. */
  retrievedAt: string;
  publishedAt: string | null;
  /** Of the answer's body, hex. */
  sha256: string;
  /** 0 to 1, the table of the design note "Confidence". */
  reliability: number;
  /** A kept answer served because the provider did not give a new one. */
  stale: boolean;
};
