import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CompanyScore } from '@/lib/scoring/schema';
import { createSourcesIn } from '@/lib/sources/registry';
import { memoryCache } from '@/lib/sources/source-cache';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { scoreIn } from '../../support/score-in';
import { nothingImported, sourceContext } from '../../support/source-context';
import { researchWith, valueIn } from '../research/research-stand';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DEMO = ['DM000001', 'DM000002', 'DM000003', 'DM000005', 'DM000008', 'DM000009', 'DM000010', 'DM000011'];
const LETTERS = ['bant_budget', 'bant_authority', 'bant_need', 'bant_timing'] as const;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ rateLimit: 100_000 });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Jobs one after the other of one installation: each has its own reads, all share what is kept. */
function installation() {
  const imported = nothingImported();
  const cache = memoryCache();
  const job = () => createSourcesIn(sourceContext(sandbox.url, { cache, imported, now: () => NOW }));
  return {
    research: (company: string) => researchWith(job(), company, { now: NOW, isDemo: true }),
    score: (company: string) =>
      scoreIn({ sources: job(), now: () => NOW, signal: new AbortController().signal }, company),
  };
}

const told = ({ overall, components }: Pick<CompanyScore, 'overall'> & { components: readonly Part[] }) => ({
  overall,
  components: components.map(({ name, score, rules }) => ({
    name,
    score,
    rules: rules.map(({ text, points }) => ({ text, points })),
  })),
});
type Part = { name: string; score: number | null; rules: readonly { text: string; points: number }[] };

describe('a score that is asked for alone', () => {
  it.each(DEMO)('says of %s what the research before it said, and asks no web site', async (company) => {
    const { research, score } = installation();
    const { document } = await research(company);
    await sandbox.reset();
    expect(told(await score(company))).toEqual(told(document.score));
    // All that is asked is kept: neither the register nor a site hears of it again.
    expect((await sandbox.stats()).total).toBe(0);
  });

  it('of a company that nobody has researched looks for no job board', async () => {
    const { score } = installation();
    const growth = (await score('DM000001')).components.find(({ name }) => name === 'growth');
    expect(growth?.rules.map(({ origin }) => origin.source)).toContain('accounts.figures');
    expect(growth?.rules.map(({ origin }) => origin.source)).not.toContain('job_boards.roles');
    const { research } = installation();
    const { document } = await research('DM000001');
    const texts = document.score.components.flatMap(({ rules }) => rules.map(({ text }) => text));
    expect(texts).toContain('4 roles are open beside 41 employees, which is 9.8%.');
  });
});

describe('budget, authority, need and timing', () => {
  it.each(DEMO)('of %s are the same letters for the same reasons in the report and in the score', async (company) => {
    const { document } = await installation().research(company);
    const rules = document.score.components.find(({ name }) => name === 'bant')?.rules ?? [];
    const inReport = LETTERS.flatMap((field) => {
      const value = valueIn(document, 'approach', field);
      // Written by the section in this form.
      return value === undefined ? [] : [value as { letter: string; state: string; text: string }];
    });
    expect(rules.map(({ text }) => text.split(':')[0])).toEqual(
      inReport.map(({ letter, state }) => `${letter} ${state}`),
    );
    for (const { letter, state, text } of inReport.filter((one) => one.letter !== 'Authority')) {
      expect(rules.map((rule) => rule.text)).toContain(`${letter} ${state}: ${text}.`);
    }
  });
});
