import type OpenAI from 'openai';
import { APIError } from 'openai';
import { Stream } from 'openai/core/streaming';
import { brokenAnswer, type ModelFailure, toModelFailure } from './model-failure';
import { type CompletionPart, completionSchema, type Usage } from './schema';

const MAX_ANSWER_BYTES = 2_000_000;

/** What a model wrote. */
export type Completion = {
  content: string;
  refusal: string;
  /** `stop` when it said all it wanted to; null when the service does not say. */
  finishReason: string | null;
  model: string | null;
  provider: string | null;
  id: string | null;
  usage: Usage | null;
};

export type ReadCompletion = { completion: Completion; failure: ModelFailure | null };

/**
 * Reads an answer in the form in which it came: some services stream although they were not asked to, others answer in
 * one piece although they were.
 * @param controller ends the request when reading stops early.
 * @returns what was written, and what went wrong on the way; usage may be known although it failed.
 */
export async function readCompletion(
  response: Response,
  client: OpenAI,
  controller: AbortController,
): Promise<ReadCompletion> {
  const limited = limitBody(response);
  const read: ReadCompletion = { completion: emptyCompletion(), failure: null };
  const streams = /\btext\/event-stream\b/i.test(response.headers.get('content-type') ?? '');
  try {
    if (streams) {
      // The client is passed so that its silent log is used: without it, damaged chunks are printed in full.
      const chunks = Stream.fromSSEResponse<unknown>(limited, controller, client);
      for await (const chunk of chunks) if (!addPart(read, chunk)) break;
    } else addPart(read, JSON.parse(await limited.text()));
  } catch (error) {
    read.failure ??= failureOf(error, response.headers);
  }
  const { content, refusal, finishReason } = read.completion;
  // A stream that the service or the network ends early ends like any other; only the reason to stop is missing.
  if (streams && finishReason === null) read.failure ??= brokenAnswer('stopped in the middle', { begun: true });
  if (finishReason === 'error' && content + refusal === '')
    read.failure ??= brokenAnswer('did not answer', { begun: true });
  return read;
}

/** @returns false when nothing that follows matters. */
function addPart(read: ReadCompletion, json: unknown): boolean {
  const parsed = completionSchema.safeParse(json);
  if (!parsed.success) {
    read.failure = brokenAnswer('answered in an unknown form', { begun: true, passing: false });
    return false;
  }
  const part = parsed.data;
  const choice = part.choices?.[0];
  const { completion } = read;
  completion.id = part.id ?? completion.id;
  completion.model = part.model ?? completion.model;
  completion.provider = part.provider ?? completion.provider;
  completion.usage = part.usage ?? completion.usage;
  completion.content += choice?.message?.content ?? choice?.delta?.content ?? '';
  completion.refusal += choice?.message?.refusal ?? choice?.delta?.refusal ?? '';
  completion.finishReason = choice?.finish_reason ?? completion.finishReason;
  const error = errorIn(part);
  if (error === null) return true;
  read.failure = toModelFailure({ status: 200, headers: new Headers(), body: error });
  return false;
}

function errorIn({ error, choices }: CompletionPart): unknown {
  const choice = choices?.[0];
  return error ?? choice?.error ?? (choice?.finish_reason === 'error' ? {} : null);
}

function failureOf(error: unknown, headers: Headers): ModelFailure {
  if (error instanceof APIError) return toModelFailure({ status: 200, headers, body: error.error });
  // Its message quotes the answer, so it is not kept as the cause.
  if (error instanceof SyntaxError) return brokenAnswer('sent an answer that is cut off or damaged', { begun: true });
  if (error instanceof RangeError)
    return brokenAnswer(`answered with more than ${MAX_ANSWER_BYTES} bytes`, { begun: true, passing: false });
  return brokenAnswer('stopped in the middle', { begun: true, cause: error });
}

/** Counts after decompression, as the bytes arrive. */
function limitBody(response: Response): Response {
  if (response.body === null) return response;
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) controller.error(new RangeError('too large'));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(limit), { status: response.status, headers: response.headers });
}

export function emptyCompletion(): Completion {
  return { content: '', refusal: '', finishReason: null, model: null, provider: null, id: null, usage: null };
}
