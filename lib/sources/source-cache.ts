/** A kept answer of a provider. */
export type CachedAnswer = {
  /** HTTP status of the answer: 200, or 404 for "nothing there". */
  status: number;
  etag: string | null;
  body: string;
  sha256: string;
  /** ISO instants. */
  fetchedAt: string;
  expiresAt: string;
};

/** Keeps answers of providers between jobs. A cache that does not answer is no failure: the provider is asked. */
export type SourceCache = {
  get(key: string): Promise<CachedAnswer | null>;
  put(key: string, provider: string, answer: CachedAnswer): Promise<void>;
};
