import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import type { HttpAnswer } from '../http';
import { parseJson } from '../outbound/json-answer';
import { providerSpec } from '../providers';
import { companiesHouseErrorSchema } from './schema';

export const PROVIDER = providerSpec('companies_house').name;

/** A document of the register, or the plain statement that it has none. */
export type RegisterDocument =
  | { kind: 'document'; json: unknown; body: string; etag: string | null }
  | { kind: 'none'; body: string }
  | { kind: 'unchanged' };

/**
 * Reads one document.
 * @param path within the API, with its query, such as `/company/00000006/officers?start_index=35`.
 * @param etag of a kept document.
 * @throws AppError `provider_rejected` (the key), `provider_credits`, `provider_rate_limited`, `provider_unavailable`, `provider_contract`.
 */
export async function getDocument(
  ctx: Pick<SourceContext, 'provider'>,
  path: string,
  etag: string | null = null,
): Promise<RegisterDocument> {
  const register = ctx.provider('companies_house');
  const credentials = Buffer.from(`${register.apiKey ?? ''}:`).toString('base64');
  const answer = await register.get(path, { headers: { Authorization: `Basic ${credentials}` }, etag });
  if (answer.status === 304) return { kind: 'unchanged' };
  if (answer.status === 404) return noDocument(answer);
  if (answer.status !== 200) {
    throw new AppError('provider_contract', { detail: `${PROVIDER} answered with status ${answer.status}` });
  }
  return { kind: 'document', json: parseJson(PROVIDER, answer), body: answer.body, etag: answer.headers.get('etag') };
}

/** A gateway's "not found" page says nothing about the company; the register's own does. */
function noDocument(answer: HttpAnswer): RegisterDocument {
  if (answer.body.trim() === '') return { kind: 'none', body: answer.body };
  const error = companiesHouseErrorSchema.safeParse(parseJson(PROVIDER, answer));
  if (error.success) return { kind: 'none', body: answer.body };
  throw new AppError('provider_contract', { detail: `${PROVIDER} answered in an unknown form (404)` });
}
