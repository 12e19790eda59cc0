import { AppError, type ErrorCode } from '@/lib/errors';
import { retryAfter } from '@/lib/sources/outbound/retry-after';
import { type ErrorBody, errorBodySchema } from './schema';

export const PROVIDER = 'The language model';

/** Why a request brought no answer, and what that means for the next one. */
export type ModelFailure = {
  error: AppError;
  /** The same request may succeed a moment later. */
  isPassing: boolean;
  /** No request of this run can succeed: no credits, a refused key, an unknown model. */
  isFinal: boolean;
  /** Something may have been written and charged before it failed. */
  mayHaveCost: boolean;
};

type Kind = { code: ErrorCode; detail: string; passing?: boolean; final?: boolean };

const KINDS = {
  credits: { code: 'provider_credits', detail: `${PROVIDER} wants to be paid: the credits are used up`, final: true },
  key: { code: 'provider_rejected', detail: `${PROVIDER} refused our key`, final: true },
  unknown_model: {
    code: 'provider_rejected',
    detail: `${PROVIDER} is not known under the configured name`,
    final: true,
  },
  limited: { code: 'provider_rate_limited', detail: `${PROVIDER} takes no more requests for now`, passing: true },
  away: { code: 'provider_unavailable', detail: `${PROVIDER} did not answer`, passing: true },
  moved: { code: 'provider_contract', detail: `${PROVIDER} redirected to another address`, final: true },
  policy: { code: 'provider_contract', detail: `${PROVIDER} declined to write this` },
  too_long: { code: 'provider_contract', detail: `${PROVIDER} takes less text than it was given` },
  unfit: { code: 'provider_contract', detail: `${PROVIDER} did not accept the request` },
} as const satisfies Record<string, Kind>;
type KindName = keyof typeof KINDS;

/** OpenRouter's `metadata.error_type` and the string codes of OpenAI, which say more than the status. */
const BY_TYPE: Readonly<Record<string, KindName>> = {
  payment_required: 'credits',
  insufficient_quota: 'credits',
  authentication: 'key',
  invalid_api_key: 'key',
  model_not_found: 'unknown_model',
  rate_limit_exceeded: 'limited',
  provider_overloaded: 'away',
  provider_unavailable: 'away',
  timeout: 'away',
  server: 'away',
  server_error: 'away',
  context_length_exceeded: 'too_long',
  content_policy_violation: 'policy',
  content_filter: 'policy',
};
const BY_STATUS: Readonly<Record<number, KindName>> = {
  401: 'key',
  402: 'credits',
  403: 'key',
  404: 'unknown_model',
  408: 'away',
  409: 'away',
  413: 'too_long',
  425: 'away',
  429: 'limited',
};

/**
 * Reads an error in any of its places: a status with a body, a body with status 200, a chunk of a stream. The service's
 * own message is not passed on: it may quote what it was asked.
 * @param answer.status of HTTP; below 400 when the error came inside an answer.
 * @param answer.body the error member, or anything else that was sent in its place.
 */
export function toModelFailure(answer: { status: number; headers: Headers; body: unknown }): ModelFailure {
  const body = errorBodySchema.safeParse(answer.body).data ?? {};
  const named = answer.status >= 300 ? answer.status : Number(body.code);
  const status = Number.isInteger(named) ? named : 0;
  const kind: Kind = KINDS[kindOf(status, body)];
  const retryAt = retryAfter(answer.headers) ?? afterSeconds(body.availability?.retry_after);
  const detail = status === 0 ? kind.detail : `${kind.detail} (${status})`;
  return {
    error: new AppError(kind.code, { detail, ...(retryAt && { retryAt }) }),
    isPassing: body.availability?.retryable ?? kind.passing ?? false,
    isFinal: kind.final ?? false,
    mayHaveCost: answer.status < 300,
  };
}

/** No answer at all, one that stopped in the middle, or one that is no answer of such a service. */
export function brokenAnswer(
  what: string,
  { begun, passing = true, cause }: { begun: boolean; passing?: boolean; cause?: unknown },
): ModelFailure {
  const error = new AppError(passing ? 'provider_unavailable' : 'provider_contract', {
    detail: `${PROVIDER} ${what}`,
    cause,
  });
  return { error, isPassing: passing, isFinal: false, mayHaveCost: begun };
}

function kindOf(status: number, body: ErrorBody): KindName {
  const byType = BY_TYPE[body.metadata?.error_type ?? ''] ?? BY_TYPE[String(body.code)];
  if (byType !== undefined) return byType;
  // A guardrail names what it found; a key without the right says nothing of the sort.
  if (status === 403 && (body.metadata?.patterns !== undefined || body.metadata?.reasons !== undefined))
    return 'policy';
  if (status === 0 || status >= 500) return 'away';
  if (status < 400) return 'moved';
  return BY_STATUS[status] ?? 'unfit';
}

function afterSeconds(seconds: number | null | undefined): Date | undefined {
  return typeof seconds === 'number' ? new Date(Date.now() + seconds * 1_000) : undefined;
}
