import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema, SECTION_IDS } from '@/lib/research/schema';
import { SECTIONS } from '@/lib/research/sections';
import { DEMO_RECORDINGS } from '@/sandbox/recordings';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { gapIn, NOW, researchInSandbox, textOf, valueIn } from './research-stand';

const DEMO_COMPANIES = readdirSync(`${DEMO_RECORDINGS}/companies-house/company`)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: 100_000 });
});
afterAll(() => sandbox.close());

const research = (number: string) => researchInSandbox(sandbox.url, number, { isDemo: true });

describe.each(DEMO_COMPANIES)('the report on demo company %s', (number) => {
  test('states only what its sources say, in every sentence', async () => {
    const { document, payloads, dropped } = await research(number);
    expect(dropped).toEqual([]);
    expect(checkReport(document, payloads)).toEqual([]);
  });

  test('has all eight sections, and each required field is answered or explained', async () => {
    const { document } = await research(number);
    expect(reportDocumentSchema.parse(document)).toEqual(document);
    expect(document.sections.map(({ id }) => id)).toEqual(SECTION_IDS);
    expect(document.report).toMatchObject({ status: 'complete', sections_complete: 8, written_by: 'template' });
    for (const { id, required } of SECTIONS) {
      const section = document.sections.find((candidate) => candidate.id === id);
      expect(Object.keys(section?.fields ?? {})).toEqual(expect.arrayContaining([...required]));
      expect(section?.sentences.length).toBeGreaterThan(0);
    }
  });

  test('says that the company is invented', async () => {
    const { document } = await research(number);
    expect(document.report.is_demo).toBe(true);
    expect(textOf(document, 'identity')).toContain('is an invented demo company');
  });

  test('is the same to the byte for the same answers at the same time', async () => {
    const [first, second] = [await research(number), await research(number)];
    expect(JSON.stringify(second.document)).toBe(JSON.stringify(first.document));
  });
});

describe('research', () => {
  test('reports each section as it is finished, with what comes next in plain words', async () => {
    const { fragments, labels, progress } = await research('DM000001');
    expect(fragments.map(({ section }) => section.id)).toEqual(SECTION_IDS);
    expect(labels.slice(0, 2)).toEqual(['Working out what the company does', 'Reading the filed accounts']);
    expect(labels.at(-1)).toBe('Putting the report together');
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(95);
  });

  test('stops when the job is stopped, with the reason of the job', async () => {
    const reason = new Error('cancelled by a test');
    await expect(researchInSandbox(sandbox.url, 'DM000001', { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  test('calls every source at most once', async () => {
    await fetch(`${sandbox.url}/_stats`, { method: 'DELETE' });
    await research('DM000001');
    const stats = await (await fetch(`${sandbox.url}/_stats`)).text();
    expect(JSON.parse(stats)).toMatchObject({ providers: { 'companies-house': { total: 7 } } });
  });

  test('weighs its sections to one', () => {
    expect(SECTIONS.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
  });
});

describe('what a salesperson reads', () => {
  test('a live strike-off notice means waiting, and nobody is urged to call', async () => {
    const { document } = await research('DM000005');
    expect(textOf(document, 'risk')).toContain('The filing history holds 1 strike-off notice; the one of');
    expect(textOf(document, 'risk')).toContain(
      'Its accounts and its confirmation statement are overdue at the register.',
    );
    expect(valueIn(document, 'approach', 'next_action')).toBe('wait');
    expect(valueIn(document, 'approach', 'timing')).toBeUndefined();
  });

  test('a company in liquidation is not to be contacted, and its case is told', async () => {
    const { document } = await research('DM000006');
    expect(valueIn(document, 'approach', 'next_action')).toBe('do_not_contact');
    expect(textOf(document, 'risk')).toContain('Creditors voluntary liquidation: commencement of winding up');
    expect(gapIn(document, 'approach', 'openers')?.reason).toBe('not_applicable');
    expect(textOf(document, 'approach')).not.toContain('Worth asking');
  });

  test('a dissolved company owes no filings and has nobody in office', async () => {
    const { document } = await research('DM000007');
    expect(gapIn(document, 'financials', 'accounts_overdue')?.reason).toBe('not_applicable');
    expect(valueIn(document, 'ownership', 'officers_active')).toEqual([]);
    expect(document.score.overall).toBe(0);
  });

  test('absence is said with the day on which it was looked for', async () => {
    const { document } = await research('DM000001');
    expect(textOf(document, 'risk')).toContain('No insolvency case is on the register as of 23 November 2026.');
  });

  test('figures come from the filed accounts, and what these need not say is a gap with its reason', async () => {
    const { document } = await research('DM000003');
    expect(valueIn(document, 'financials', 'net_assets')).toBe(1_605_200);
    expect(valueIn(document, 'financials', 'employees')).toBe(2);
    expect(gapIn(document, 'financials', 'turnover')).toMatchObject({ reason: 'not_disclosed' });
    expect(textOf(document, 'financials')).toContain(
      'Micro entity accounts need not include a profit and loss account, so turnover may not be public at all.',
    );
  });

  test('each opener rests on one statement, the three questions on one gap each', async () => {
    const { document } = await research('DM000009');
    const sentences = document.sections.find(({ id }) => id === 'approach')?.sentences ?? [];
    const openers = sentences.filter(({ text }) => text.startsWith('A way to begin'));
    const questions = sentences.filter(({ text }) => text.startsWith('Worth asking'));
    expect(openers.map(({ statements }) => statements.length)).toEqual([1, 1, 1]);
    expect(questions.map(({ gaps }) => gaps.length)).toEqual([3]);
    expect(questions[0]?.text.match(/\?”/g)).toHaveLength(3);
  });

  test('budget, authority, need and timing are each told with what speaks for them, or named as open', async () => {
    const { document } = await research('DM000009');
    const told = textOf(document, 'approach');
    for (const letter of ['budget', 'authority', 'need', 'timing']) {
      expect(told).toMatch(new RegExp(`${letter} (known|indicated):|Worth finding out too:[^.]*${letter}`, 'i'));
    }
    expect(told).toContain('not automatically the buyer');
    expect(told).toContain('“I saw AWS named in 2 current job advertisements');
  });

  test('the report is dated by its oldest answer', async () => {
    const { document } = await research('DM000001');
    expect(document.report).toMatchObject({ as_of: NOW.toISOString(), generated_at: NOW.toISOString() });
  });
});
