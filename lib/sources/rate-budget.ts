/** How many requests a provider still takes, counted over all workers. */
export type RateBudget = {
  /**
   * Takes one request from the budget; waits a short time for it where that is enough.
   * @throws AppError `provider_rate_limited` with `retryAt` when the wait would be longer.
   */
  take(signal: AbortSignal): Promise<void>;
  /** The provider said that it takes no more requests before this time. */
  block(until: Date): Promise<void>;
};
