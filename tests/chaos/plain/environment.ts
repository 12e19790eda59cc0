import { z } from 'zod';

const seconds = z.coerce.number().int().positive();

/** What the processes of the comparison read from their environment. */
export const plainEnvironment = () =>
  z
    .object({
      PORT: seconds.default(3_000),
      REDIS_URL: z.string(),
      DATABASE_URL: z.string(),
      COMPANIES_HOUSE_BASE_URL: z.string(),
      SUPABASE_JWT_SECRET: z.string(),
      RESEARCH_WORKER_TIMEOUT_MS: seconds,
      ENRICHMENT_WORKER_TIMEOUT_MS: seconds,
      SIGNALS_WORKER_TIMEOUT_MS: seconds,
      SCORING_WORKER_TIMEOUT_MS: seconds,
    })
    .parse(process.env);
