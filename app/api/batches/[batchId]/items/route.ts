import { z } from 'zod';
import { batchItemPage } from '@/lib/http/batches/list-items';
import { route } from '@/lib/http/route';
import { batchParamsSchema, limitSchema } from '@/lib/http/schema';
import { batchOutcomeSchema } from '@/types/batches';

const query = z.object({
  outcome: batchOutcomeSchema.optional(),
  cursor: z.string().max(500).optional(),
  limit: limitSchema,
});

/** What became of each company, in the order of their numbers. */
export const GET = route({ access: 'user', params: batchParamsSchema, query }, async ({ params, query, user }) =>
  Response.json(await batchItemPage(params.batchId, user.id, query), {
    headers: { 'cache-control': 'private, no-cache' },
  }),
);
