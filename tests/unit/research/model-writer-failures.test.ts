import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReportDocument, SECTION_IDS } from '@/lib/research/schema';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { configureLogging, requestsTo, script, startWriter, writingOf } from './model-writer-stand';
import { researchInSandbox } from './research-stand';

let sandbox: RunningSandbox;
let document: ReportDocument;
beforeAll(async () => {
  configureLogging();
  sandbox = await startSandbox({ rateLimit: 100_000 });
  document = (await researchInSandbox(sandbox.url, 'DM000001', { isDemo: true })).document;
});
afterAll(() => sandbox.close());

const templates = () => SECTION_IDS.map((id) => writingOf(document, id).sentences);
const disturb = (fault: object) =>
  fetch(`${sandbox.url}/_faults`, { method: 'POST', body: JSON.stringify({ provider: 'llm', ...fault }) });

/** Writes all sections; what comes out, the requests made, and what they cost. */
async function writeAll(options: Parameters<typeof startWriter>[1] = {}) {
  const { writer, ended } = startWriter(sandbox, options);
  const written = [];
  for (const id of SECTION_IDS) written.push(await writer.writeSection(writingOf(document, id)));
  return { written, ended, use: writer.modelUse() };
}

describe('a model that fails', () => {
  test.each([
    ['credits that are used up', { kind: 'status', status: 402 }, 1],
    ['a refused key', { kind: 'status', status: 401 }, 1],
    ['a limit that holds for a minute', { kind: 'rate_limited', reset_in_seconds: 60 }, 1],
    ['an overloaded service', { kind: 'status', status: 503 }, 3],
    ['HTML instead of an answer', { kind: 'html', status: 502 }, 3],
    ['a broken connection', { kind: 'reset' }, 3],
  ])('%s: the templates stay, and no more is asked after that', async (_name, fault, requests) => {
    await script(sandbox);
    await disturb(fault);
    const { written, ended, use } = await writeAll();
    expect(written).toEqual(templates());
    expect(ended).toHaveLength(requests);
    expect(use.model).toBeNull();
  });

  test('an error in the middle of a stream: asked again, then left', async () => {
    const error = { code: 502, message: 'Upstream went away', error_type: 'provider_unavailable' };
    await script(sandbox, { content: '{"sentences":[{"text":"Half', error, count: 3 });
    const { written, ended } = await writeAll();
    expect(written).toEqual(templates());
    expect(ended).toHaveLength(3);
  });

  test('credits that end in the middle: what was written stays, the rest is from templates', async () => {
    const error = { code: 402, message: 'Insufficient credits', error_type: 'payment_required' };
    await script(sandbox, { restates: true, count: 2 }, { error, content: '' });
    const { written, use } = await writeAll();
    const byModel = written.map((sentences) => sentences.some(({ written_by }) => written_by === 'model'));
    expect(byModel).toEqual([true, true, false, false, false, false, false, false]);
    expect(await requestsTo(sandbox)).toHaveLength(3);
    expect(use.model).toBe('test/model');
    expect(use.costUsd).toBeGreaterThanOrEqual(0.0008);
  });

  test.each([
    ['no JSON', 'I would rather write a poem.'],
    ['another form', { chapters: [] }],
    ['sentences of another form', { sentences: ['It is fine.'] }],
  ])('nonsense (%s): each section asks once more, and two in a row are enough', async (_name, content) => {
    await script(sandbox, { content, count: 99 });
    const { written, ended } = await writeAll();
    expect(written).toEqual(templates());
    expect(ended).toHaveLength(4);
  });

  test('an empty answer to every section: the templates stay', async () => {
    await script(sandbox, { content: { sentences: [] }, count: 99 });
    const { written, ended } = await writeAll();
    expect(written).toEqual(templates());
    expect(ended).toHaveLength(SECTION_IDS.length);
  });

  test('a used-up budget: nothing is asked', async () => {
    await script(sandbox, { restates: true, count: 99 });
    const { written, use } = await writeAll({ isEmpty: () => true });
    expect(written).toEqual(templates());
    expect(await requestsTo(sandbox)).toEqual([]);
    expect(use).toEqual({ model: null, costUsd: null });
  });

  test('one that does not answer: the report is not held up beyond its share of time', async () => {
    await script(sandbox);
    await disturb({ kind: 'hang' });
    const startedAt = performance.now();
    const { written, ended } = await writeAll({ runMs: 300 });
    expect(written).toEqual(templates());
    expect(ended).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('a job that is stopped', () => {
  test('ends the request and the writing with the reason of the stop', async () => {
    await script(sandbox);
    await disturb({ kind: 'hang' });
    const { writer, abort } = startWriter(sandbox);
    const writing = writer.writeSection(writingOf(document, 'identity'));
    const reason = new Error('cancelled by the user');
    abort(reason);
    await expect(writing).rejects.toBe(reason);
  });
});
