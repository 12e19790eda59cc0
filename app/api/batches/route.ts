import { z } from 'zod';
import { listBatches } from '@/lib/batches/batch-ledger';
import { toBatch } from '@/lib/http/batches/batch-body';
import { CREATE_BATCH_BODY_BYTES, createBatchBodySchema, startBatch } from '@/lib/http/batches/create-batch';
import { route } from '@/lib/http/route';
import { limitSchema } from '@/lib/http/schema';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({ cursor: z.string().max(500).optional(), limit: limitSchema });

/** Starts one piece of work for many companies; answers at once. */
export const POST = route(
  { access: 'user', body: createBatchBodySchema, maxBodyBytes: CREATE_BATCH_BODY_BYTES },
  async ({ request, user, body }) => startBatch(request, user, body),
);

/** The caller's own batches, newest first. */
export const GET = route({ access: 'user', query }, async ({ user, query }) => {
  const { items, next_cursor } = await listBatches(userClient(user.accessToken), user.id, query);
  return Response.json({ items: items.map(toBatch), next_cursor });
});
