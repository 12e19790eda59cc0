import { z } from 'zod';

/** The monthly research quota of one user, as the database counts it. */
export const quotaSchema = z.object({
  used: z.int(),
  limit: z.int(),
  remaining: z.int(),
  resets_at: z.string(),
});
