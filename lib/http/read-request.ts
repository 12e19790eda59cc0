import type { z } from 'zod';
import { AppError } from '@/lib/errors';

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Parses one part of a request.
 * @throws AppError `invalid_request` with `errors: [{ in, field, problem }]`.
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, part: 'path' | 'query' | 'body'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    in: part,
    field: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : part),
    problem: issue.message,
  }));
  const list = errors.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new AppError('invalid_request', {
    detail: `Correct these and send the request again; nothing was changed. ${list}`,
    extras: { errors },
  });
}

/**
 * Reads a JSON body; an empty body is `{}`.
 * @param maxBytes 64 KiB unless told otherwise.
 * @throws AppError `body_too_large`, or `invalid_request` when it is not JSON.
 */
export async function readJsonBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_request', {
      detail: 'The body is not valid JSON. Nothing was changed.',
      extras: { errors: [{ in: 'body', field: 'body', problem: 'is not valid JSON' }] },
      cause,
    });
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      const detail = `The body may have at most ${maxBytes / 1024} KiB. Nothing was changed.`;
      throw new AppError('body_too_large', { detail });
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
