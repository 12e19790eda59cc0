import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { logger, onLogLine } from '@/lib/logger';
import { forgetSingleton } from '@/lib/singleton';
import { hasSharedData, sharedData } from '../../support/shared-data';
import { ANSWER, chunk, completion, json, KEY, question, startModel, startRun, stream } from './model-stand-in';

let model: Awaited<ReturnType<typeof startModel>>;

beforeAll(async () => {
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    REDIS_URL: 'redis://127.0.0.1:9',
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_PUBLISHABLE_KEY: 'p',
    SUPABASE_SECRET_KEY: 's',
  });
  forgetSingleton('config');
  model = await startModel();
});
afterAll(() => model.close());

const good = json(200, completion(JSON.stringify(ANSWER)));
const error = (code: number, more: object = {}) => ({ error: { code, message: 'zanzibar', ...more } });

describe('credits that are used up', () => {
  it.each([
    ['as a status', json(402, error(402))],
    ['inside an answer with status 200', json(200, error(402))],
    [
      'in the middle of a stream',
      stream(chunk('{"cap'), chunk('', 'error', { error: { code: 402, message: 'Insufficient credits' } })),
    ],
    ['by the type of the error', json(400, error(400, { metadata: { error_type: 'payment_required' } }))],
    [
      'as OpenAI says it, under the status of a rate limit',
      json(429, { error: { code: 'insufficient_quota', message: 'zanzibar', type: 'insufficient_quota' } }),
    ],
  ])('end the run: %s', async (_name, answer) => {
    model.answers(answer);
    const { run } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'provider_credits' });
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'provider_credits' });
    expect(model.asked).toHaveLength(1);
  });
});

describe('what else ends the run', () => {
  it.each([
    ['a refused key', json(401, error(401)), 'provider_rejected'],
    ['a key without the right', json(403, error(403)), 'provider_rejected'],
    ['an unknown model', json(404, error(404)), 'provider_rejected'],
    ['a redirect, which is not followed', json(307, '', { Location: 'http://127.0.0.1:1/' }), 'provider_contract'],
  ])('%s', async (_name, answer, code) => {
    model.answers(answer);
    const { run, ended } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({ code });
    await expect(run.ask(question)).rejects.toMatchObject({ code });
    expect(model.asked).toHaveLength(1);
    expect(ended).toMatchObject([{ state: 'failed', errorCode: code, costUsd: 0 }]);
  });

  it('a budget that is used up: nothing is asked then', async () => {
    model.answers(good);
    let isEmpty = false;
    const { run } = startRun(model.url, {}, () => isEmpty);
    await run.ask(question);
    isEmpty = true;
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'model_budget_exceeded' });
    isEmpty = false;
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'model_budget_exceeded' });
    expect(model.asked).toHaveLength(1);
  });
});

describe('what ends one question only', () => {
  it.each([
    ['a guardrail', json(403, error(403, { metadata: { patterns: ['ignore all previous instructions'] } }))],
    ['moderation', json(200, error(403, { metadata: { error_type: 'content_policy_violation' } }))],
    ['too long a text', json(400, error(400, { metadata: { error_type: 'context_length_exceeded' } }))],
    ['too large a request', json(413, error(413))],
    ['an argument that it does not take', json(422, error(422))],
  ])('%s', async (_name, answer) => {
    model.answers(answer, good);
    const { run } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'provider_contract' });
    expect((await run.ask(question)).data).toEqual(ANSWER);
    expect(model.asked).toHaveLength(2);
  });
});

describe('what passes', () => {
  it.each([
    ['too many requests', json(429, error(429), { 'Retry-After': '0' })],
    ['a model that is being started', json(503, error(503), { 'Retry-After': '0' })],
    ['a provider behind it that fails', json(502, error(502, { metadata: { error_type: 'provider_unavailable' } }))],
    ['a page of a gateway', json(502, '<html>Bad gateway</html>', { 'Content-Type': 'text/html' })],
    ['an overloaded provider', json(529, error(529))],
    ['a failure inside an answer with status 200', json(200, error(502))],
    ['a failure inside a choice', json(200, completion('{"cap', {}, { finish_reason: 'error' }))],
    [
      'a failure in the middle of a stream',
      stream(chunk('{"cap'), chunk('', 'error', { error: { code: 502, message: 'Provider returned error' } })),
    ],
    ['a cut connection', (response: { destroy(): void }) => response.destroy()],
    ['a damaged body', json(200, '{"choices":[')],
  ])('is asked again: %s', async (_name, answer) => {
    model.answers(answer, good);
    const { run, ended } = startRun(model.url);
    expect((await run.ask(question)).data).toEqual(ANSWER);
    expect(ended.map(({ state }) => state)).toEqual(['failed', 'answered']);
  });

  it('is given up after the third time', async () => {
    model.answers(json(503, error(503), { 'Retry-After': '0' }));
    const { run, ended } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(ended).toHaveLength(3);
  });

  it('is waited out as long as the service says', async () => {
    model.answers(json(429, error(429), { 'Retry-After': '1' }), good);
    const { run, blocks } = startRun(model.url);
    const started = performance.now();
    await run.ask(question);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(blocks).toHaveLength(1);
  });

  it('is left to the caller when the pause is long, with its end', async () => {
    model.answers(json(429, error(429), { 'Retry-After': '120' }));
    const failure = await startRun(model.url)
      .run.ask(question)
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'provider_rate_limited' });
    const wait = failure instanceof AppError ? (failure.retryAt?.getTime() ?? 0) - Date.now() : 0;
    expect(wait).toBeGreaterThan(110_000);
    expect(model.asked).toHaveLength(1);
  });

  it('is believed when the service says that asking again is no use, and when it says that it is', async () => {
    model.answers(json(503, error(503, { availability: { code: 'x', retryable: false } })));
    await expect(startRun(model.url).run.ask(question)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(model.asked).toHaveLength(1);
    model.answers(json(422, error(422, { availability: { retryable: true, retry_after: 0 } })), good);
    expect((await startRun(model.url).run.ask(question)).data).toEqual(ANSWER);
  });

  it.runIf(hasSharedData)(
    'is told from what does not by the documented errors (openrouter-chat-completions)',
    async () => {
      const file = sharedData('llm', 'openrouter-chat-completions-documented-responses.json');
      const documented: Record<string, { content: { 'application/json': Documented } }> = JSON.parse(
        readFileSync(file, 'utf8'),
      );
      const codes: Record<string, string> = {};
      for (const [status, { content }] of Object.entries(documented)) {
        const { example, examples } = content['application/json'];
        const bodies = example ? { '': example } : Object.fromEntries(Object.entries(examples ?? {}).map(bodyOf));
        for (const [name, body] of Object.entries(bodies)) {
          if (status === '200') continue;
          model.answers(json(Number(status), body, { 'Retry-After': '0' }));
          const failure: unknown = await startRun(model.url)
            .run.ask(question)
            .catch((thrown: unknown) => thrown);
          codes[`${status} ${name}`.trim()] =
            `${failure instanceof AppError ? failure.code : 'none'} after ${model.asked.length}`;
        }
      }
      expect(codes).toEqual({
        400: 'provider_contract after 1',
        401: 'provider_rejected after 1',
        402: 'provider_credits after 1',
        '403 guardrail-blocked': 'provider_contract after 1',
        '403 insufficient-permissions': 'provider_rejected after 1',
        404: 'provider_rejected after 1',
        408: 'provider_unavailable after 3',
        413: 'provider_contract after 1',
        422: 'provider_contract after 1',
        429: 'provider_rate_limited after 3',
        500: 'provider_unavailable after 3',
        502: 'provider_unavailable after 3',
        503: 'provider_unavailable after 3',
        524: 'provider_unavailable after 3',
        529: 'provider_unavailable after 3',
      });
    },
  );
});

type Documented = { example: object | null; examples: Record<string, { value: object }> | null };
const bodyOf = ([name, { value }]: [string, { value: object }]): [string, object] => [name, value];

describe('time and stopping', () => {
  it.each([
    ['never begins to answer', () => undefined],
    [
      'never ends its answer',
      (response: Parameters<typeof good>[0]) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('{"choices":');
      },
    ],
    [
      'never ends its stream',
      (response: Parameters<typeof good>[0]) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(chunk('{"cap'))}\n\n`);
      },
    ],
  ])('a service that %s is given up at the limit', async (_name, answer) => {
    model.answers(answer, good);
    const { run, ended } = startRun(model.url, { timeoutMs: 150 });
    expect((await run.ask(question)).data).toEqual(ANSWER);
    // What was written until then may be charged: the reserved sum stays counted.
    expect(ended[0]).toMatchObject({ state: 'failed', errorCode: 'provider_unavailable', costUsd: null });
  });

  it('a job that must stop ends the request at once, with its own reason, and asks nothing more', async () => {
    const reason = new AppError('cancelled');
    const { run, abort, ended } = startRun(model.url);
    let closed = false;
    const gone = new Promise<void>((resolve) => {
      model.answers((response) => {
        response.on('close', () => {
          closed = true;
          resolve();
        });
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(chunk('{"cap'))}\n\n`);
        abort(reason);
      });
    });
    await expect(run.ask(question)).rejects.toBe(reason);
    await gone;
    expect(closed).toBe(true);
    expect(ended).toMatchObject([{ state: 'failed', errorCode: 'cancelled', costUsd: null }]);
    await expect(run.ask(question)).rejects.toBe(reason);
    expect(model.asked).toHaveLength(1);
  });

  it('a job that must stop does not sit out a pause', async () => {
    const reason = new AppError('shutting_down');
    const { run, abort } = startRun(model.url);
    model.answers((response) => {
      json(503, error(503), { 'Retry-After': '15' })(response);
      response.on('close', () => abort(reason));
    });
    const started = performance.now();
    await expect(run.ask(question)).rejects.toBe(reason);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('secrets', () => {
  it('neither key nor question nor answer gets into the log or into a failure', async () => {
    const lines: string[] = [];
    const stop = onLogLine((_level, message, fields) => lines.push(`${message} ${JSON.stringify(fields)}`));
    logger().level = 'info';
    const bodies = [
      json(401, error(401, { metadata: { raw: `key ${KEY}` } })),
      json(200, completion('zanzibar')),
      json(502, error(502)),
      good,
    ];
    for (const body of bodies) {
      model.answers(body, body, good);
      const failure: unknown = await startRun(model.url)
        .run.ask(question)
        .catch((thrown: unknown) => thrown);
      const told = failure instanceof AppError ? [failure.message, failure.detail, failure.stack, failure.cause] : [];
      lines.push(JSON.stringify(told));
    }
    stop();
    logger().level = 'silent';
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.join('\n')).not.toContain('zanzibar');
    expect(lines.join('\n')).not.toContain(KEY);
    expect(lines.join('\n')).not.toContain('capital');
  });
});
