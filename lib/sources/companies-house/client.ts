import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { type HttpAnswer, httpGet, retryAfter } from '../http';
import { companiesHouseErrorSchema } from './schema';

export const PROVIDER = 'Companies House';
export const PUBLIC_API = 'https://api.company-information.service.gov.uk';
/** The provider's window; also how long a "too many requests" without a time is taken to last. */
export const WINDOW_MS = 5 * 60_000;
const LONGEST_BLOCK_MS = 15 * 60_000;
const ATTEMPTS_WHEN_LIMITED = 3;

/** A document of the register, or the plain statement that it has none. */
export type RegisterDocument =
  | { kind: 'document'; json: unknown; body: string; etag: string | null }
  | { kind: 'none'; body: string }
  | { kind: 'unchanged' };

/** @returns whether the register can be asked: without a key only a stand-in answers. */
export function isConfigured({ apiKey, baseUrl }: SourceContext['companiesHouse']): boolean {
  return apiKey !== undefined || new URL(baseUrl).origin !== PUBLIC_API;
}

/**
 * Reads one document.
 * @param path within the API, with its query, such as `/company/00000006/officers?start_index=35`.
 * @param etag of a kept document.
 * @throws AppError `provider_rejected` (the key), `provider_credits`, `provider_rate_limited`, `provider_unavailable`, `provider_contract`.
 */
export async function getDocument(
  ctx: SourceContext,
  path: string,
  etag: string | null = null,
): Promise<RegisterDocument> {
  const answer = await getWithinBudget(ctx, path, etag);
  if (answer.status === 304) return { kind: 'unchanged' };
  if (answer.status === 404) return noDocument(answer);
  if (answer.status === 401 || answer.status === 403) {
    throw new AppError('provider_rejected', { detail: `${PROVIDER} refused our key (${answer.status})` });
  }
  if (answer.status === 402) throw new AppError('provider_credits', { detail: `${PROVIDER} wants to be paid (402)` });
  if (answer.status !== 200) {
    throw new AppError('provider_contract', { detail: `${PROVIDER} answered with status ${answer.status}` });
  }
  return { kind: 'document', json: parseJson(answer), body: answer.body, etag: answer.headers.get('etag') };
}

/**
 * @param what of the register, for the message.
 * @throws AppError `provider_contract` naming the member that does not fit, never its value.
 */
export function parseDocument<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const member = parsed.error.issues[0]?.path.join('.') || 'the whole document';
  throw new AppError('provider_contract', { detail: `${PROVIDER} answered in an unknown form (${what}: ${member})` });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function getWithinBudget(ctx: SourceContext, path: string, etag: string | null): Promise<HttpAnswer> {
  const { apiKey, baseUrl, budget, timeoutMs } = ctx.companiesHouse;
  const credentials = Buffer.from(`${apiKey ?? 'sandbox'}:`).toString('base64');
  for (let attempt = 1; ; attempt += 1) {
    const answer = await httpGet({
      provider: PROVIDER,
      url: new URL(baseUrl + path),
      headers: { Authorization: `Basic ${credentials}`, ...(etag !== null && { 'If-None-Match': etag }) },
      signal: ctx.signal,
      spend: () => budget.take(ctx.signal),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    if (answer.status !== 429) return answer;
    const until = limitedUntil(answer.headers);
    await budget.block(until);
    if (attempt >= ATTEMPTS_WHEN_LIMITED) {
      throw new AppError('provider_rate_limited', {
        detail: `${PROVIDER} takes no more requests for now`,
        retryAt: until,
        extras: { provider: PROVIDER },
      });
    }
  }
}

/** The register names the end of its window (Unix seconds) and promises no Retry-After. */
function limitedUntil(headers: Headers): Date {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  const named = Number.isFinite(reset) ? reset : (retryAfter(headers)?.getTime() ?? Date.now() + WINDOW_MS);
  return new Date(Math.min(Math.max(named, Date.now() + 1_000), Date.now() + LONGEST_BLOCK_MS));
}

/** A gateway's "not found" page says nothing about the company; the register's own does. */
function noDocument(answer: HttpAnswer): RegisterDocument {
  if (answer.body.trim() === '') return { kind: 'none', body: answer.body };
  const error = companiesHouseErrorSchema.safeParse(parseJson(answer));
  if (error.success) return { kind: 'none', body: answer.body };
  throw new AppError('provider_contract', { detail: `${PROVIDER} answered in an unknown form (404)` });
}

function parseJson({ headers, body }: HttpAnswer): unknown {
  const type = headers.get('content-type') ?? 'application/json';
  if (!/\bjson\b/i.test(type)) {
    throw new AppError('provider_contract', {
      detail: `${PROVIDER} answered in an unknown form (${type.split(';')[0]})`,
    });
  }
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError('provider_contract', { detail: `${PROVIDER} sent an answer that is cut off or damaged`, cause });
  }
}
