import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import { createSourcesIn } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';
import { NOW, type Research, researchWith, textOf } from './research-stand';

const COMPANY = { number: 'DM000009', name: 'DEMO COMPASS ROBOTICS LIMITED' };

let sandbox: TestSandbox;
let report: Research;
beforeAll(async () => {
  sandbox = await openTestSandbox();
  const ctx = sourceContext(sandbox.url, { now: () => NOW });
  const sources = createSourcesIn(ctx, async () => ({ companyName: COMPANY.name, postcode: null }));
  report = await researchWith(sources, COMPANY.number, { isDemo: true });
});
afterAll(() => sandbox.close());

describe('news in a report', () => {
  test('is told in the words of the article, once for all its copies, and cites the article itself', () => {
    const { document } = report;
    const told = document.signals.filter(({ title }) => title.includes('reported funding'));
    expect(told).toMatchObject([{ type: 'funding', event_date: '2026-11-18', confidence: 0.5 }]);
    const [evidence] = document.evidence.filter(({ id }) => told[0]?.evidence.includes(id));
    expect(evidence).toMatchObject({
      source: 'news.articles',
      url: 'https://www.exampleshire-courier.example/2026/11/compass-robotics-raises-money',
      published_at: '2026-11-18',
    });
    expect(textOf(document, 'signals')).toContain('has raised 6 million pounds from Invented Ventures.” New money');
  });

  test('passes every check of the section that tells it', () => {
    const { document, payloads, dropped } = report;
    expect(dropped.filter(({ section }) => section === 'signals')).toEqual([]);
    expect(checkReport(document, payloads).filter(({ section }) => section === 'signals')).toEqual([]);
  });

  test('of something else with the same words is not taken', () => {
    expect(JSON.stringify(report.payloads['news.articles'])).not.toContain('sailing-elsewhere');
    expect(JSON.stringify(report.document)).not.toContain('sailing-elsewhere');
  });
});
