import { beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '@/sandbox/create-sandbox';

let app = createSandbox();
beforeEach(() => {
  app = createSandbox();
});

const script = (...answers: unknown[]) => app.request('/_llm', { method: 'POST', body: JSON.stringify(answers) });
const ask = (request: object, key = 'Bearer any') =>
  app.request('/llm/chat/completions', {
    method: 'POST',
    headers: { Authorization: key },
    body: JSON.stringify({ model: 'demo/model', messages: [{ role: 'user', content: 'Say it.' }], ...request }),
  });

describe("the model's stand-in", () => {
  it('says what it is told, in order, to whom it is meant for', async () => {
    await script({ content: 'first' }, { when: 'Sing', content: 'la' }, { content: { a: 1 } });
    const said = async (request: object = {}) => (await (await ask(request)).json()).choices[0].message.content;
    expect(await said({ messages: [{ role: 'user', content: 'Wait, Sing!' }] })).toBe('first');
    expect(await said({ messages: [{ role: 'user', content: 'Sing!' }] })).toBe('la');
    expect(await said()).toBe('{"a":1}');
    const { answers, requests } = await (await app.request('/_llm')).json();
    expect([answers.length, requests.length]).toEqual([0, 3]);
  });

  it('without a script gives the least that the asked-for form allows', async () => {
    const schema = {
      type: 'object',
      properties: {
        sentences: { type: 'array', items: { type: 'string' } },
        verdict: { enum: ['unclear', 'yes'] },
        one: { type: 'array', minItems: 1, items: { type: 'object', properties: { n: { type: 'number' } } } },
      },
    };
    const request = { response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } } };
    const body = await (await ask(request)).json();
    expect(JSON.parse(body.choices[0].message.content)).toEqual({ sentences: [], verdict: 'unclear', one: [{ n: 0 }] });
    expect(body).toMatchObject({ model: 'demo/model', usage: { total_tokens: 500, cost: 0.0004 } });
  });

  it('streams with comments, a last usage and an end', async () => {
    await script({ content: 'hello' });
    const text = await (await ask({ stream: true })).text();
    expect(text).toMatch(/^: OPENROUTER PROCESSING\n\n/);
    expect(text).toContain('"usage"');
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
  });

  it('reports errors in answers of status 200, also in the middle of a stream', async () => {
    const error = { code: 502, message: 'Upstream went away', error_type: 'provider_unavailable' };
    await script({ content: 'half', error, count: 2 });
    const response = await ask({});
    expect([response.status, (await response.json()).error.metadata.error_type]).toEqual([200, 'provider_unavailable']);
    const stream = await (await ask({ stream: true })).text();
    expect(stream).toContain('"finish_reason":"error"');
    expect(stream).not.toContain('[DONE]');
  });

  it.each([
    [{ kind: 'status', status: 402 }, 402, 'payment_required'],
    [{ kind: 'status', status: 503 }, 503, 'provider_overloaded'],
    [{ kind: 'failure_in_success' }, 200, 'provider_unavailable'],
    [{ kind: 'rate_limited', reset_in_seconds: 7 }, 429, 'rate_limit_exceeded'],
  ])('%j', async (fault, status, type) => {
    await app.request('/_faults', { method: 'POST', body: JSON.stringify({ provider: 'llm', ...fault }) });
    const response = await ask({});
    expect(response.status).toBe(status);
    if (status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(5);
    expect((await response.json()).error.metadata.error_type).toBe(type);
  });

  it('wants a key and a request in the right form', async () => {
    expect((await ask({}, '')).status).toBe(401);
    expect((await ask({ messages: [] })).status).toBe(400);
    expect((await app.request('/_llm', { method: 'POST', body: '{"content": 7}' })).status).toBe(400);
  });
});
