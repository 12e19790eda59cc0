import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetSingleton } from '@/lib/singleton';
import { hasSharedData, sharedData } from '../../support/shared-data';
import { ANSWER, chunk, completion, json, KEY, question, startModel, startRun, stream, USAGE } from './model-stand-in';

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

describe('an answer in one piece', () => {
  it('comes back in the form that was asked for, with the model that gave it', async () => {
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    const { run } = startRun(model.url);
    expect(await run.ask(question)).toEqual({ data: ANSWER, model: 'served/model' });
  });

  it('was asked for with the key, the form and a limit, and with nothing of ours besides', async () => {
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    await startRun(model.url).run.ask(question);
    const [asked] = model.asked;
    expect(asked?.path).toBe('/v1/chat/completions');
    expect(asked?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(asked?.body).toMatchObject({
      model: 'test/model',
      max_completion_tokens: 200,
      provider: { require_parameters: true, data_collection: 'deny' },
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'capital',
          strict: true,
          schema: { required: ['capital', 'inhabitants'], additionalProperties: false },
        },
      },
    });
    expect(asked?.body).not.toHaveProperty('tools');
  });

  it('is recorded with its use and the reported cost, within what was reserved', async () => {
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    const { run, open, ended } = startRun(model.url);
    await run.ask(question);
    expect(ended).toMatchObject([
      {
        id: open[0]?.id,
        state: 'answered',
        errorCode: null,
        servedModel: 'served/model',
        servedBy: 'A Provider',
        generationId: 'gen-1',
        inputTokens: 25,
        outputTokens: 10,
        costUsd: 0.0021,
      },
    ]);
    // 200 tokens of output at 15 dollars a million are 0.003 dollars; the input comes on top.
    expect(open[0]?.reservedUsd).toBeGreaterThan(0.003);
  });

  it('costs what the prices say where the service reports no cost', async () => {
    const { cost: _, ...usage } = USAGE;
    model.answers(json(200, completion(JSON.stringify(ANSWER), { usage })));
    const { run, ended } = startRun(model.url);
    await run.ask(question);
    expect(ended[0]?.costUsd).toBe(0.000225);
  });

  it('costs also what the owner of the key pays to the provider', async () => {
    const usage = { ...USAGE, is_byok: true, cost_details: { upstream_inference_cost: 0.01 } };
    model.answers(json(200, completion(JSON.stringify(ANSWER), { usage })));
    const { run, ended } = startRun(model.url);
    await run.ask(question);
    expect(ended[0]?.costUsd).toBe(0.0121);
  });

  it.runIf(hasSharedData)('is read from the documented answer (openrouter-chat-completions)', async () => {
    const file = sharedData('llm', 'openrouter-chat-completions-documented-responses.json');
    const documented = JSON.parse(readFileSync(file, 'utf8'))['200'].content['application/json'].example;
    const answer = structuredClone(documented);
    answer.choices[0].message.content = JSON.stringify({ said: documented.choices[0].message.content });
    model.answers(json(200, answer));
    const { run, ended } = startRun(model.url);
    const schema = z.object({ said: z.string() });
    expect(await run.ask({ ...question, schema })).toEqual({
      data: { said: 'The capital of France is Paris.' },
      model: 'openai/gpt-4',
    });
    expect(ended[0]).toMatchObject({ inputTokens: 25, outputTokens: 10, generationId: 'chatcmpl-123' });
  });
});

describe('a streamed answer', () => {
  const [first, second] = ['{"capital":"Par', 'is","inhabitants":null}'];

  it('is put together from its parts, with the use from the last one', async () => {
    const last = chunk('', null, { choices: [], usage: USAGE });
    model.answers(stream(': OPENROUTER PROCESSING', chunk(first), chunk(second, 'stop'), last, 'data: [DONE]'));
    const { run, ended } = startRun(model.url);
    expect((await run.ask(question)).data).toEqual(ANSWER);
    expect(ended).toMatchObject([{ state: 'answered', inputTokens: 25, costUsd: 0.0021, generationId: 'gen-2' }]);
  });

  it('that breaks off is not taken for a whole one', async () => {
    model.answers(
      stream(chunk('{"capital":"Rome","inhabitants":1}')),
      stream(chunk(first), chunk(second, 'stop'), 'data: [DONE]'),
    );
    const { run, ended } = startRun(model.url);
    expect((await run.ask(question)).data).toEqual(ANSWER);
    expect(ended.map(({ state, costUsd }) => [state, costUsd])).toEqual([
      ['failed', null],
      ['answered', null],
    ]);
  });

  it('with a damaged part is asked for again, and the part is printed nowhere', async () => {
    model.answers(stream('data: {"choices": [zanzibar'), stream(chunk(first), chunk(second, 'stop'), 'data: [DONE]'));
    const printed: unknown[] = [];
    const write = console.error;
    console.error = (...words) => printed.push(words);
    const answer = await startRun(model.url)
      .run.ask(question)
      .finally(() => {
        console.error = write;
      });
    expect(answer.data).toEqual(ANSWER);
    expect(printed).toEqual([]);
  });

  it.runIf(hasSharedData)('is read from the documented chunk (openrouter-chat-completions)', async () => {
    const file = sharedData('llm', 'openrouter-chat-completions-documented-responses.json');
    const { data } = JSON.parse(readFileSync(file, 'utf8'))['200'].content['text/event-stream'].example;
    const part = (content: string, finish_reason: string | null) => ({
      ...data,
      choices: [{ ...data.choices[0], delta: { ...data.choices[0].delta, content }, finish_reason }],
    });
    model.answers(stream(part(first, null), part(second, 'stop'), 'data: [DONE]'));
    expect(await startRun(model.url).run.ask(question)).toEqual({ data: ANSWER, model: 'openai/gpt-4' });
  });
});

describe('an answer that cannot be used', () => {
  it('is asked for once more when it is empty, in the same words', async () => {
    model.answers(json(200, completion('')), json(200, completion(JSON.stringify(ANSWER))));
    const { run, ended } = startRun(model.url);
    expect((await run.ask(question)).data).toEqual(ANSWER);
    expect(ended).toHaveLength(2);
    expect(model.asked[1]?.body.messages).toEqual(model.asked[0]?.body.messages);
  });

  it('is asked for once more when it has another form, with what is wrong', async () => {
    model.answers(json(200, completion('{"capital":7}')), json(200, completion(JSON.stringify(ANSWER))));
    await startRun(model.url).run.ask(question);
    const messages = model.asked[1]?.body.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[2]?.content).toContain('capital');
  });

  it.each([
    ['empty', completion(null), 'answered with nothing'],
    ['no JSON', completion('Paris, of course.'), 'did not answer with JSON'],
    ['of another form', completion('{"capital":7}'), 'in another form than asked for (capital)'],
    ['without choices', { id: 'x', choices: [] }, 'answered with nothing'],
  ])('is given up after the second time: %s', async (_name, body, words) => {
    model.answers(json(200, body));
    const { run, ended } = startRun(model.url);
    const failure = run.ask(question);
    await expect(failure).rejects.toMatchObject({
      code: 'provider_contract',
      detail: expect.stringContaining(words),
    });
    expect(ended).toHaveLength(2);
  });

  it.each([
    ['refused', completion(null, {}, { message: { content: null, refusal: 'I cannot.' } }), 'declined to write'],
    ['filtered', completion('{"cap', {}, { finish_reason: 'content_filter' }), 'declined to write'],
    ['cut off at its limit', completion('{"cap', {}, { finish_reason: 'length' }), 'cut off at the limit'],
  ])('is not asked for again when it was %s', async (_name, body, words) => {
    model.answers(json(200, body, {}));
    const { run, ended } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({ detail: expect.stringContaining(words) });
    expect(ended).toHaveLength(1);
  });

  it('may be wrapped into a code block', async () => {
    model.answers(json(200, completion(`\`\`\`json\n${JSON.stringify(ANSWER)}\n\`\`\``)));
    expect((await startRun(model.url).run.ask(question)).data).toEqual(ANSWER);
  });

  it('of endless length is not read to its end', async () => {
    model.answers((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    const { run } = startRun(model.url);
    await expect(run.ask(question)).rejects.toMatchObject({
      code: 'provider_contract',
      detail: expect.stringContaining('more than 2000000 bytes'),
    });
  });
});

describe('other services', () => {
  it('get the output limit by its common name and no wishes of OpenRouter', async () => {
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    await startRun(model.url, { dialect: 'compatible', apiKey: undefined }).run.ask(question);
    const [asked] = model.asked;
    expect(asked?.body).toMatchObject({ max_tokens: 200 });
    expect(asked?.body).not.toHaveProperty('provider');
    expect(asked?.body).not.toHaveProperty('max_completion_tokens');
    expect(JSON.stringify(asked?.headers)).not.toContain(KEY);
  });
});
