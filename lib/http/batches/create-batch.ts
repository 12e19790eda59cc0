import { z } from 'zod';
import type { SessionUser } from '@/lib/auth/session';
import { type BatchRow, createBatch } from '@/lib/batches/batch-ledger';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import { findQueue, QUEUES } from '@/lib/queue/queues';
import { noteHeld } from '@/lib/queue/window/note-held';
import { batchFilterSchema, MAX_BATCH_IDS } from '@/types/batches';
import { hashRequest, readIdempotencyKey } from '../jobs/request-options';
import { toBatch } from './batch-body';

/** So many malformed ids are named; a whole file of them is not repeated. */
const NAMED_IDS = 20;
/** Any company: only there so that the options can be parsed as part of a payload. */
const SAMPLE_COMPANY = { id: '00000000', name: 'Sample' };

const companyIds = z
  .array(z.string().max(64))
  .min(1, 'names no company')
  .max(MAX_BATCH_IDS, `may hold at most ${MAX_BATCH_IDS.toLocaleString('en-GB')} ids; use a filter for more`)
  .transform((texts, ctx) => {
    const numbers = texts.map((text) => parseCompanyNumber(text));
    const malformed = texts.flatMap((text, index) => (numbers[index] === null ? [{ text, index }] : []));
    for (const { text, index } of malformed.slice(0, NAMED_IDS)) {
      ctx.addIssue({ code: 'custom', path: [index], message: `"${text}" is not a company number` });
    }
    if (malformed.length > NAMED_IDS) {
      ctx.addIssue({ code: 'custom', message: `and ${malformed.length - NAMED_IDS} more ids are malformed` });
    }
    return [...new Set(numbers.filter((number) => number !== null))];
  });

/** The body of `POST /api/batches`. */
export const createBatchBodySchema = z
  .strictObject({
    queue: z.enum(QUEUES.map(({ name }) => name)),
    company_ids: companyIds.optional(),
    filter: batchFilterSchema.optional(),
    name: z.string().trim().min(1).max(200).optional(),
    /** Members of the queue's payload apart from company and user. */
    options: z.record(z.string(), z.unknown()).default({}),
  })
  .refine((body) => (body.company_ids === undefined) !== (body.filter === undefined), {
    error: 'exactly one of company_ids and filter must be given',
    path: ['company_ids'],
  });
/** Ten thousand ids in JSON, with room to spare. */
export const CREATE_BATCH_BODY_BYTES = 512 * 1024;

type BatchBody = z.output<typeof createBatchBodySchema>;

/**
 * Records a batch and answers at once; its companies are worked through in the background.
 * @throws AppError `invalid_request`, `idempotency_key_reused`, `batches_unavailable`, `database_unavailable`
 */
export async function startBatch(request: Request, user: SessionUser, body: BatchBody): Promise<Response> {
  assertBatches();
  const definition = findQueue(body.queue);
  if (!definition) throw new AppError('internal', { cause: new Error(`no queue ${body.queue}`) });
  const idempotencyKey = readIdempotencyKey(request);
  const { payload, force } = toPayload(definition, user.id, body.options);
  const { outcome, batch } = await createBatch({
    user_id: user.id,
    queue: body.queue,
    name: body.name ?? null,
    ...(body.company_ids ? { company_ids: body.company_ids } : { filter: body.filter ?? {} }),
    payload,
    force,
    idempotency_key: idempotencyKey,
    request_hash: idempotencyKey === null ? null : hashRequest({ batch: body }),
  });
  if (outcome === 'accepted') await noteHeld(body.queue);
  return acceptedBatch(batch, outcome === 'replayed');
}

/** @throws AppError `batches_unavailable` in the synchronous mode, where nobody would work them through. */
export function assertBatches(): void {
  if (!config().queue.useQueueProcessing) throw new AppError('batches_unavailable');
}

/** @returns the answer that says where to follow a batch that goes on. */
export function acceptedBatch(row: BatchRow, replayed = false): Response {
  const batch = toBatch(row);
  const headers = new Headers({ location: batch.links.self, 'retry-after': '2', 'cache-control': 'no-store' });
  if (replayed) headers.set('idempotency-replayed', 'true');
  return Response.json({ batch, poll_url: batch.links.self }, { status: 202, headers });
}

/** The options as part of the payload that each company's job will have, parsed by the queue's own schema. */
function toPayload(definition: QueueDefinition, userId: string, options: Record<string, unknown>) {
  const { id, name } = definition.companyMembers;
  const reserved = [id, name, 'user_id'].filter((member) => member in options);
  const parsed = definition.payloadSchema.safeParse({
    ...options,
    user_id: userId,
    [id]: SAMPLE_COMPANY.id,
    [name]: SAMPLE_COMPANY.name,
  });
  const known = z.record(z.string(), z.unknown()).safeParse(parsed.data).data ?? {};
  const unknown = parsed.success ? Object.keys(options).filter((member) => !(member in known)) : [];
  const problems = [
    ...[...reserved, ...unknown].map((field) => ({ field, problem: 'is not an option of this queue' })),
    ...(parsed.error?.issues ?? []).map((issue) => ({ field: issue.path.join('.'), problem: issue.message })),
  ];
  if (problems.length > 0) throw invalidOptions(problems);
  const { [id]: _id, [name]: _name, ...payload } = known;
  return { payload, force: definition.forces(parsed.data) };
}

function invalidOptions(problems: readonly { field: string; problem: string }[]): AppError {
  const errors = problems.map(({ field, problem }) => ({ in: 'body', field: `options.${field}`, problem }));
  const list = errors.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  return new AppError('invalid_request', {
    detail: `Correct these and send the request again; nothing was changed. ${list}`,
    extras: { errors },
  });
}
