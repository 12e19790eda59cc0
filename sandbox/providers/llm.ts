import type { Context } from 'hono';
import { z } from 'zod';
import { type ModelAnswer, type ModelScript, restated, smallestValue } from '../model-script';
import { type Provider, refuse } from '../provider';

const requestSchema = z.looseObject({
  model: z.string().optional(),
  models: z.array(z.string()).optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).min(1),
  stream: z.boolean().optional(),
  response_format: z.looseObject({ json_schema: z.looseObject({ schema: z.unknown() }).optional() }).optional(),
});
type ModelRequest = z.infer<typeof requestSchema>;

const MESSAGES: Record<number, [string, string]> = {
  400: ['invalid_request', 'Invalid request parameters'],
  401: ['authentication_error', 'Missing Authentication header'],
  402: ['payment_required', 'Insufficient credits. Add more using https://openrouter.ai/credits'],
  403: ['content_policy_violation', 'Request blocked by a guardrail'],
  404: ['not_found', 'No endpoints found for this model'],
  408: ['timeout', 'Request timed out'],
  413: ['payload_too_large', 'Request payload too large'],
  422: ['unprocessable_entity', 'Invalid argument'],
  429: ['rate_limit_exceeded', 'Rate limit exceeded'],
  502: ['provider_unavailable', 'Provider returned error'],
  503: ['provider_overloaded', 'No instances available'],
};

/** An OpenAI-compatible model in the dialect of OpenRouter. It says what it is told by `/_llm`, else the least that fits. */
export const llm: Provider = {
  name: 'llm',
  admit: (c) => /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? refuse(llm, 401),
  async answer(c, path, { model }) {
    if (path.endsWith('/chat/completions') && c.req.method === 'POST') return answerChat(c, model);
    if (path.endsWith('/key')) {
      return c.json({ data: { label: 'sandbox', limit: null, limit_remaining: null, usage: 0, is_free_tier: false } });
    }
    if (path.endsWith('/models')) return c.json({ object: 'list', data: [{ id: 'sandbox/model', object: 'model' }] });
    return refuse(llm, 404);
  },
  failure: (status) => ({ contentType: 'application/json', body: JSON.stringify({ error: errorOf(status) }) }),
  limited({ resetAt }, now) {
    const seconds = Math.max(0, Math.ceil(resetAt - now.getTime() / 1000));
    return refuse(llm, 429, { 'Retry-After': String(seconds) });
  },
  failureInSuccess: () => ({
    contentType: 'application/json',
    body: JSON.stringify({ id: 'gen-sandbox', object: 'chat.completion', choices: [], error: errorOf(502) }),
  }),
};

function errorOf(status: number) {
  const [error_type, message] = MESSAGES[status] ?? ['server', 'Internal Server Error'];
  return { code: status, message, metadata: { error_type } };
}

async function answerChat(c: Context, script: ModelScript): Promise<Response> {
  const request = requestSchema.safeParse(await c.req.json().catch(() => null));
  if (!request.success) return refuse(llm, 400);
  script.noteRequest(request.data);
  const said = script.take(request.data.messages.map(({ content }) => asText(content)).join('\n')) ?? {
    finish_reason: 'stop' as const,
    prompt_tokens: 400,
    completion_tokens: 100,
    cost: 0.0004,
    count: 1,
    restates: false,
  };
  return request.data.stream === true ? streamed(request.data, said) : c.json(completion(request.data, said));
}

function asText(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function contentOf(request: ModelRequest, { content, restates }: ModelAnswer): string {
  const restatement = restates ? restated(request.messages.map((message) => asText(message.content))) : null;
  if (restatement !== null) return asText(restatement);
  if (content !== undefined) return asText(content);
  const schema = request.response_format?.json_schema?.schema;
  return schema === undefined ? 'This is an invented answer.' : JSON.stringify(smallestValue(schema));
}

function headOf(request: ModelRequest, object: string) {
  const model = request.model ?? request.models?.[0] ?? 'sandbox/model';
  return { id: 'gen-sandbox', object, created: 1_790_000_000, model, provider: 'Sandbox' };
}

function usageOf({ prompt_tokens, completion_tokens, cost }: ModelAnswer) {
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens, cost };
  return { ...usage, cost_details: { upstream_inference_cost: null }, is_byok: false };
}

function completion(request: ModelRequest, said: ModelAnswer) {
  const message = { role: 'assistant', content: contentOf(request, said), refusal: said.refusal ?? null };
  const finish_reason = said.error === undefined ? said.finish_reason : 'error';
  const choice = { index: 0, message, finish_reason, native_finish_reason: finish_reason };
  const error = said.error && toError(said.error);
  return {
    ...headOf(request, 'chat.completion'),
    choices: [{ ...choice, ...(error && { error }) }],
    usage: usageOf(said),
    ...(error && { error }),
  };
}

function toError({ code, message, error_type }: NonNullable<ModelAnswer['error']>) {
  return { code, message, metadata: { error_type } };
}

/** Server-sent events: comments while waiting, chunks, the usage in the last one; an error ends it with status 200. */
function streamed(request: ModelRequest, said: ModelAnswer): Response {
  const head = headOf(request, 'chat.completion.chunk');
  const content = contentOf(request, said);
  const middle = Math.ceil(content.length / 2);
  const chunk = (delta: object, finish_reason: string | null, more: object = {}) =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`;
  const rest =
    said.error === undefined
      ? [
          chunk({ content: content.slice(middle) }, null),
          chunk({}, said.finish_reason),
          chunk({}, null, { usage: usageOf(said) }),
          'data: [DONE]\n\n',
        ]
      : [chunk({ content: '' }, 'error', { error: toError(said.error) })];
  const events = [': OPENROUTER PROCESSING\n\n', chunk({ role: 'assistant', content: content.slice(0, middle) }, null)];
  return new Response([...events, ...rest].join(''), { headers: { 'Content-Type': 'text/event-stream' } });
}
