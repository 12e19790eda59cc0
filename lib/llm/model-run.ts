import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type OpenAI from 'openai';
import type { z } from 'zod';
import { AppError, toAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { RateBudget } from '@/lib/sources/rate-budget';
import { costOf, mostItCanCost } from './cost';
import { type ModelFailure, PROVIDER } from './model-failure';
import type { EndedCall, ModelLedger } from './model-ledger';
import { type ParsedAnswer, parseAnswer } from './parse-answer';
import type { Completion, ReadCompletion } from './read-completion';
import { createClient, type ModelMessage, requestCompletion, toRequestBody } from './request-completion';
import type { ModelSettings } from './settings';

const RETRIES = 2;
/** Longest pause asked for by the service that is waited for here. */
const MAX_PAUSE_MS = 20_000;

export type ModelRunContext = {
  settings: ModelSettings;
  ledger: ModelLedger;
  /** Requests a minute over all workers. */
  budget: RateBudget;
  /** Aborted when the job must stop; its reason is thrown unchanged, and the request is ended. */
  signal: AbortSignal;
};

export type ModelQuestion<T> = {
  /** What it is asked for, for the record, such as the id of a section. */
  purpose: string;
  /** Name of the form of the answer: letters, digits, `_` and `-`. */
  name: string;
  /** An object all of whose members are required; `nullable` instead of `optional`. */
  schema: z.ZodType<T>;
  messages: readonly ModelMessage[];
  maxOutputTokens: number;
  /** For the answer with all repetitions, in milliseconds; without limit when absent. */
  timeLimitMs?: number;
};

export type ModelAnswer<T> = { data: T; model: string };

/** Requests so far, their cost in US dollars (the reserved sum where it is not known), and the models that answered. */
export type RunUse = { calls: number; costUsd: number; models: readonly string[] };

/** The questions of one job. */
export type ModelRun = {
  /**
   * Asks for an answer in a given form. Failures that pass are tried again twice with the pause that the service names;
   * an empty or malformed answer is asked for once more. Each request is recorded with its use and cost.
   * @throws AppError `provider_credits` (402), `provider_rejected` (key, model) and `model_budget_exceeded`, which are final:
   * the run asks no more and throws the same again; `provider_rate_limited`, `provider_unavailable`, `provider_contract`
   * (refused, cut off, not in the form), `database_unavailable`; the reason of the signal.
   */
  ask<T>(question: ModelQuestion<T>): Promise<ModelAnswer<T>>;
  use(): RunUse;
};

/** Opens a run. What ended it for one question ends it for all. */
export function createModelRun(ctx: ModelRunContext): ModelRun {
  const client = createClient(ctx.settings);
  const used = { calls: 0, costUsd: 0, models: new Set<string>() };
  const state: RunState = {
    ended: null,
    note({ state: outcome, costUsd, servedModel }, reservedUsd) {
      used.calls += 1;
      used.costUsd += costUsd ?? reservedUsd;
      if (outcome === 'answered') used.models.add(servedModel ?? ctx.settings.model);
    },
  };
  return {
    async ask(question) {
      const limit = limitTime(ctx.signal, question.timeLimitMs);
      try {
        return await askInTime({ ...ctx, signal: limit.signal }, client, question, state);
      } finally {
        limit.clear();
      }
    },
    use: () => ({ ...used, models: [...used.models] }),
  };
}

/** What ended the run, and the record of its requests. */
type RunState = { ended: AppError | null; note(call: EndedCall, reservedUsd: number): void };

async function askInTime<T>(
  ctx: ModelRunContext,
  client: OpenAI,
  question: ModelQuestion<T>,
  state: RunState,
): Promise<ModelAnswer<T>> {
  let messages = question.messages;
  for (let isLast = false; ; isLast = true) {
    if (state.ended !== null) throw state.ended;
    const completion = await complete(ctx, client, { ...question, messages }, state);
    const parsed = parseAnswer(question.schema, completion);
    if (parsed.kind === 'data') return { data: parsed.data, model: completion.model ?? ctx.settings.model };
    if (isLast || parsed.kind === 'final')
      throw new AppError('provider_contract', { detail: `${PROVIDER} ${parsed.problem}` });
    messages = corrected(question.messages, completion, parsed);
  }
}

/** A signal that is also aborted when the time is over, with the error that says so. */
function limitTime(signal: AbortSignal, timeLimitMs: number | undefined): { signal: AbortSignal; clear(): void } {
  if (timeLimitMs === undefined) return { signal, clear: () => undefined };
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new AppError('provider_unavailable', { detail: `${PROVIDER} did not answer in the time there was` }));
  }, timeLimitMs);
  return { signal: AbortSignal.any([signal, late.signal]), clear: () => clearTimeout(timer) };
}

function corrected(
  messages: readonly ModelMessage[],
  { content }: Completion,
  { correction }: Extract<ParsedAnswer<unknown>, { kind: 'unusable' }>,
): readonly ModelMessage[] {
  if (correction === null) return messages;
  return [...messages, { role: 'assistant', content }, { role: 'user', content: correction }];
}

type Question = Omit<ModelQuestion<unknown>, 'schema'> & { schema: z.ZodType };

/** One answer, whatever is in it; failures that pass are waited out. */
async function complete(
  ctx: ModelRunContext,
  client: OpenAI,
  question: Question,
  state: RunState,
): Promise<Completion> {
  for (let left = RETRIES; ; left -= 1) {
    const { completion, failure } = await recordedRequest(ctx, client, question, state);
    if (failure === null) return completion;
    const { error, isFinal, isPassing } = failure;
    if (isFinal) state.ended ??= error;
    if (error.code === 'provider_rate_limited' && error.retryAt) await ctx.budget.block(error.retryAt);
    const pauseMs = pauseBefore(failure, RETRIES - left);
    if (!isPassing || left === 0 || pauseMs > MAX_PAUSE_MS) throw error;
    await delay(pauseMs, undefined, { signal: ctx.signal }).catch(() => ctx.signal.throwIfAborted());
  }
}

/** As the service says, else half a second, a second, with jitter so that workers do not come back together. */
function pauseBefore({ error }: ModelFailure, tried: number): number {
  if (error.retryAt !== undefined) return Math.max(0, error.retryAt.getTime() - Date.now());
  return 500 * 2 ** tried * (0.5 + Math.random());
}

/** One request, on record from before it leaves until it is known what it cost. */
async function recordedRequest(
  { settings, ledger, budget, signal }: ModelRunContext,
  client: OpenAI,
  question: Question,
  state: RunState,
): Promise<ReadCompletion> {
  const body = toRequestBody(settings, question);
  const id = randomUUID();
  const { purpose } = question;
  await budget.take(signal);
  const reservedUsd = mostItCanCost(body, question.maxOutputTokens, settings);
  await ledger.reserve({ id, purpose, model: settings.model, reservedUsd }, signal).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'model_budget_exceeded') state.ended ??= error;
    throw error;
  });
  const startedAt = performance.now();
  const settle = async (read: ReadCompletion | null, error: AppError | null) => {
    const call = toEndedCall(id, read, error, settings);
    state.note(call, reservedUsd);
    await ledger.settle(call);
    const { errorCode, servedModel, inputTokens, outputTokens, costUsd } = call;
    const durationMs = Math.round(performance.now() - startedAt);
    logger().info(
      {
        callId: id,
        purpose,
        state: call.state,
        code: errorCode,
        model: servedModel,
        inputTokens,
        outputTokens,
        costUsd,
        durationMs,
      },
      'model.called',
    );
  };
  try {
    const read = await requestCompletion(client, body, { timeoutMs: settings.timeoutMs, signal });
    await settle(read, read.failure?.error ?? null);
    return read;
  } catch (error) {
    await settle(null, toAppError(error));
    throw error;
  }
}

function toEndedCall(id: string, read: ReadCompletion | null, error: AppError | null, settings: ModelSettings) {
  const { usage = null, model = null, provider = null, id: generationId = null } = read?.completion ?? {};
  const cost = costOf(usage, settings);
  const wasFree = read?.failure?.mayHaveCost === false;
  return {
    id,
    state: error === null ? 'answered' : 'failed',
    errorCode: error?.code ?? null,
    servedModel: model,
    servedBy: provider,
    generationId,
    inputTokens: usage?.prompt_tokens ?? null,
    cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? null,
    outputTokens: usage?.completion_tokens ?? null,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens ?? null,
    costUsd: cost ?? (wasFree ? 0 : null),
  } as const;
}
