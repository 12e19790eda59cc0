import { z } from 'zod';
import { readOwnBatch } from '@/lib/http/batches/batch-response';
import { exportBatch } from '@/lib/http/batches/export-batch';
import { route } from '@/lib/http/route';
import { batchParamsSchema } from '@/lib/http/schema';

const query = z.object({ format: z.enum(['csv'], { error: 'must be csv' }).default('csv') });

/** All companies of the batch with what became of them, as one file. */
export const GET = route({ access: 'user', params: batchParamsSchema, query }, async ({ params, user }) =>
  exportBatch(await readOwnBatch(params.batchId, user), user.id),
);
