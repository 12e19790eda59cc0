export const WORKERS = 3;
export const WEBS = 2;
/** For every Node process; only workers listen. */
export const CLOCK_OPTIONS = `--import ${new URL('../clock/shift-clock.mjs', import.meta.url).href}`;
/** Of everybody without a limit of their own: never reached. */
export const MONTHLY_LIMIT = 100_000;
/** So many requests to the providers are remembered for the audit. */
const LOGGED_REQUESTS = 500_000;

/** What both engines run with: no budgets in the way, and time limits that hanging providers reach within a run. */
export const COMMON_VARIABLES: Record<string, string> = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  RESEARCH_MONTHLY_LIMIT: String(MONTHLY_LIMIT),
  COMPANIES_HOUSE_RATE_LIMIT: '1000000',
  SANDBOX_RATE_LIMIT: '1000000',
  SANDBOX_LOG_LIMIT: String(LOGGED_REQUESTS),
  RESEARCH_WORKER_TIMEOUT_MS: '25000',
  ENRICHMENT_WORKER_TIMEOUT_MS: '12000',
  SIGNALS_WORKER_TIMEOUT_MS: '12000',
  SCORING_WORKER_TIMEOUT_MS: '9000',
  SHUTDOWN_TIMEOUT_MS: '8000',
};
