import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelRun } from '@/lib/llm/open-model-run';
import { closeProducerRedis } from '@/lib/queue/redis-client';
import { forgetSingleton } from '@/lib/singleton';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { ANSWER, completion, json, question, startModel } from '../../unit/llm/model-stand-in';

const NOBODY = { reportId: null, jobId: null, userId: null };
let model: Awaited<ReturnType<typeof startModel>>;

beforeAll(async () => {
  model = await startModel();
});
afterAll(async () => {
  configure({ LLM_BASE_URL: '', LLM_API_KEY: '', LLM_DAY_BUDGET_USD: '' });
  await closeProducerRedis();
  await model.close();
});

function configure(variables: Record<string, string>): void {
  Object.assign(process.env, variables);
  for (const name of ['config', 'budget:llm']) forgetSingleton(name);
}

const open = () => openModelRun({ db: serviceClient(), signal: new AbortController().signal, ...NOBODY });
const callsFor = async (purpose: string) =>
  unwrap(await serviceClient().from('model_calls').select().eq('purpose', purpose));

describe('a running installation', () => {
  it('has no model without a key and an address', () => {
    configure({ LLM_BASE_URL: '', LLM_API_KEY: '' });
    expect(open()).toBeNull();
  });

  it('asks the configured address without a key as well, and records what it cost', async () => {
    configure({ LLM_BASE_URL: `${model.url}/v1`, LLM_API_KEY: '' });
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    const purpose = `test ${randomUUID()}`;
    expect(await open()?.ask({ ...question, purpose })).toEqual({ data: ANSWER, model: 'served/model' });
    const calls = await callsFor(purpose);
    expect(calls).toMatchObject([
      { state: 'answered', served_model: 'served/model', input_tokens: 25, output_tokens: 10 },
    ]);
    // A numeric column comes as a number or as text, as the server likes.
    expect(calls.map(({ cost_usd }) => Number(cost_usd))).toEqual([0.0021]);
    expect(JSON.stringify(await callsFor(purpose))).not.toContain('France');
  });

  it('asks nothing when the budget of the day is used up', async () => {
    configure({ LLM_BASE_URL: `${model.url}/v1`, LLM_DAY_BUDGET_USD: '0.000001' });
    model.answers(json(200, completion(JSON.stringify(ANSWER))));
    const purpose = `test ${randomUUID()}`;
    await expect(open()?.ask({ ...question, purpose })).rejects.toMatchObject({ code: 'model_budget_exceeded' });
    expect(model.asked).toEqual([]);
    expect(await callsFor(purpose)).toEqual([]);
  });
});
