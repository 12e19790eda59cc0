import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { z } from 'zod';
import { brokenAnswer, toModelFailure } from './model-failure';
import { emptyCompletion, type ReadCompletion, readCompletion } from './read-completion';
import type { ModelSettings } from './settings';

export type ModelMessage = { role: 'system' | 'user' | 'assistant'; content: string };

export type CompletionRequest = {
  messages: readonly ModelMessage[];
  /** Name and form of the answer; services that can are held to it. */
  name: string;
  schema: z.ZodType;
  maxOutputTokens: number;
};

const SILENT = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** A client that asks exactly once, takes nothing from the environment, follows no redirect and prints nothing. */
export function createClient({ baseUrl, apiKey, dialect, timeoutMs }: ModelSettings): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    logger: SILENT,
    fetchOptions: { redirect: 'manual' },
    ...(dialect === 'openrouter' && { defaultHeaders: { 'X-OpenRouter-Title': 'oppSpot' } }),
  });
}

/** The body of a request; also what its size is judged by. */
export function toRequestBody(settings: ModelSettings, request: CompletionRequest) {
  const { dialect, model } = settings;
  const limit = dialect === 'compatible' ? 'max_tokens' : 'max_completion_tokens';
  return {
    model,
    messages: request.messages,
    response_format: zodResponseFormat(request.schema, request.name),
    [limit]: request.maxOutputTokens,
    stream: true,
    stream_options: { include_usage: true },
    // Only services that keep to the form of the answer and do not learn from what they are given.
    ...(dialect === 'openrouter' && { provider: { require_parameters: true, data_collection: 'deny' } }),
  };
}

/**
 * Sends one request and reads its answer, all within the time limit: the client's own limit ends with the headers.
 * @throws the reason of the signal when it is aborted; every other failure is returned.
 */
export async function requestCompletion(
  client: OpenAI,
  body: ReturnType<typeof toRequestBody>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<ReadCompletion> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  // The client aborts the controller as well when it has read enough, so that alone says nothing.
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, timeoutMs);
  try {
    const read = await send(client, body, controller);
    if (!isLate || read.failure === null) return read;
    const seconds = Math.round(timeoutMs / 100) / 10;
    return { ...read, failure: brokenAnswer(`did not answer within ${seconds} seconds`, { begun: true }) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    controller.abort();
    signal.throwIfAborted();
  }
}

async function send(
  client: OpenAI,
  body: ReturnType<typeof toRequestBody>,
  controller: AbortController,
): Promise<ReadCompletion> {
  const completion = emptyCompletion();
  try {
    const response = await client.post('/chat/completions', { body, signal: controller.signal }).asResponse();
    return await readCompletion(response, client, controller);
  } catch (error) {
    if (error instanceof APIUserAbortError || error instanceof APIConnectionError || !(error instanceof APIError)) {
      const begun = controller.signal.aborted;
      return { completion, failure: brokenAnswer('could not be reached', { begun, cause: error }) };
    }
    const { status, headers, error: errorBody } = error;
    return {
      completion,
      failure: toModelFailure({ status: status ?? 0, headers: headers ?? new Headers(), body: errorBody }),
    };
  }
}
