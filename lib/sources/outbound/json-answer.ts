import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { HttpAnswer } from '../http';

/**
 * @param provider the name as people read it, for messages.
 * @throws AppError `provider_contract` when the answer is of another type, cut off or damaged.
 */
export function parseJson(provider: string, { headers, body }: Pick<HttpAnswer, 'headers' | 'body'>): unknown {
  const type = headers.get('content-type') ?? 'application/json';
  if (!/\bjson\b/i.test(type)) {
    throw new AppError('provider_contract', {
      detail: `${provider} answered in an unknown form (${type.split(';')[0]})`,
    });
  }
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError('provider_contract', { detail: `${provider} sent an answer that is cut off or damaged`, cause });
  }
}

/**
 * @param what was asked for, for the message.
 * @throws AppError `provider_contract` naming the member that does not fit, never its value.
 */
export function parseDocument<T>(provider: string, schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const member = parsed.error.issues[0]?.path.join('.') || 'the whole document';
  throw new AppError('provider_contract', { detail: `${provider} answered in an unknown form (${what}: ${member})` });
}

/** @returns the SHA-256 of a text in UTF-8, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
