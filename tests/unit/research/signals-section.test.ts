import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toExportView } from '@/lib/research/export/export-view';
import { renderMarkdown } from '@/lib/research/export/markdown/render-markdown';
import { checkReport } from '@/lib/research/groundedness';
import { signalChecksOf } from '@/lib/research/signal-checks';
import { DETECTORS } from '@/lib/signals/detectors';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import {
  emptyAnswer,
  failedAnswer,
  gapIn,
  researchInSandbox,
  researchWith,
  skippedAnswer,
  sourcesOf,
  textOf,
} from './research-stand';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: 100_000 });
});
afterAll(() => sandbox.close());

const PROFILE = { company_name: 'QUIET LIMITED', company_number: '00000099', company_status: 'active', type: 'ltd' };
const NO_FILINGS = { filing_history_status: 'filing-history-available', items: [], total_count: 0 };
const register = (answers: Record<string, unknown> = {}) =>
  researchWith(
    sourcesOf({ 'companies_house.profile': PROFILE, 'companies_house.filing_history': NO_FILINGS, ...answers }),
    '00000099',
  );

describe('a signal that several sources show', () => {
  test('cites each of them, and each number of its sentence stands in one', async () => {
    const quote = 'Quiet Limited has raised £6 million from Invented Ventures.';
    const { document, payloads, dropped } = await register({
      'companies_house.filing_history': {
        ...NO_FILINGS,
        total_count: 1,
        items: [
          {
            transaction_id: 'sh',
            type: 'SH01',
            date: '2026-09-20',
            description: 'capital-allotment-shares',
            description_values: { date: '2026-09-01', capital: [{ figure: '123.405', currency: 'GBP' }] },
          },
        ],
      },
      'news.articles': {
        articles: [
          {
            url: 'https://courier.example/quiet',
            title: 'Quiet no more',
            outlet: 'courier.example',
            date: '2026-10-20T08:00:00.000Z',
            date_is: 'published',
            channel: 'gdelt',
            match: 'legal_name',
            quote,
            named_in: 'article',
            copies: [],
          },
        ],
        channels: [],
        unread: 0,
      },
    });
    const [signal, ...others] = document.signals;
    expect(others).toEqual([]);
    const cited = document.evidence.filter(({ id }) => signal?.evidence.includes(id));
    expect(cited.map(({ source }) => source)).toEqual(['companies_house.filing_history', 'news.articles']);
    expect(textOf(document, 'signals')).toContain(`courier.example reported funding on 20 October 2026: “${quote}”`);
    expect(JSON.stringify(document)).not.toContain('123.405');
    expect({ dropped, problems: checkReport(document, payloads) }).toEqual({ dropped: [], problems: [] });
  });
});

describe('the table of signals checked', () => {
  test('has a row for each detector: found, none found, or not run and why', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000005', { isDemo: true });
    const rows = signalChecksOf(document);
    expect(rows).toHaveLength(DETECTORS.length);
    const rowOf = (title: string) => rows.find((row) => row.title === title);
    expect(rowOf('Strike-off notices')).toMatchObject({ result: 'found', note: 'Looked in the filing history.' });
    expect(rowOf('New shares')).toMatchObject({ result: 'none found' });
    expect(rowOf('Waves of hiring')).toMatchObject({
      outcome: 'not_run',
      result: 'not run: no source to ask',
      note: expect.stringContaining('nothing leads to its job board'),
      evidence: [],
    });
    for (const { outcome, evidence } of rows) expect(evidence.length > 0).toBe(outcome !== 'not_run');
  });

  test('is told in one sentence, with what could not be looked for', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000001', { isDemo: true });
    expect(textOf(document, 'signals')).toContain(
      'This rests on 21 kinds of event: 6 found, 10 looked for and not found, 5 that could not be looked for: tools new on the web site (there is no earlier reading of its web site to compare with)',
    );
  });

  test('never takes a source that failed for one with nothing in it', async () => {
    const failed = await register({ 'contracts_finder.awards': failedAnswer('contracts_finder.awards') });
    const [contracts] = signalChecksOf(failed.document).filter(({ title }) => title === 'Public contracts won');
    expect(contracts).toMatchObject({
      result: 'not run: source failed',
      note: 'Contracts Finder: No answer in time.',
    });
    expect(textOf(failed.document, 'signals')).toContain(
      'public contracts won (Contracts Finder could not be read this time)',
    );
    const quiet = await register({ 'contracts_finder.awards': emptyAnswer('contracts_finder.awards') });
    const [none] = signalChecksOf(quiet.document).filter(({ title }) => title === 'Public contracts won');
    expect(none).toMatchObject({ result: 'none found', note: 'Looked in Contracts Finder and Find a Tender.' });
    expect(textOf(quiet.document, 'signals')).not.toContain('could not');
  });

  test('says of a source that is not set up that there was nothing to ask', async () => {
    const { document, payloads } = await register({ 'news.articles': skippedAnswer('news.articles') });
    const news = signalChecksOf(document).filter(({ title }) => title.includes('in the news'));
    expect(news).toHaveLength(3);
    for (const row of news)
      expect(row).toMatchObject({ result: 'not run: no source to ask', note: 'No key is configured.' });
    expect(checkReport(document, payloads)).toEqual([]);
  });

  test('is there although the filings could not be read; how many signals there are is then open', async () => {
    const filings = failedAnswer('companies_house.filing_history');
    const { document, payloads } = await register({ 'companies_house.filing_history': filings });
    expect(signalChecksOf(document).find(({ title }) => title === 'New shares')).toMatchObject({
      result: 'not run: source failed',
      note: 'The filing history: No answer in time.',
    });
    expect(signalChecksOf(document).find(({ title }) => title === 'Overdue filings')).toMatchObject({
      result: 'none found',
    });
    expect(gapIn(document, 'signals', 'signals_count')).toMatchObject({ reason: 'source_failed' });
    expect(document.report.status).toBe('partial');
    expect(checkReport(document, payloads)).toEqual([]);
  });

  test('stands in the Markdown with the numbers of the sources that were read', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000005', { isDemo: true });
    const markdown = renderMarkdown(toExportView(document, true));
    expect(markdown).toContain('| Signals checked | Result | Where, or why not |');
    expect(markdown).toMatch(
      /\| Strike-off notices \| found \| Looked in the filing history\. \[\\\[\d+\\\]\]\[\d+\] \|/,
    );
    expect(markdown).toContain('| Waves of hiring | not run: no source to ask | No web site is proved');
  });

  test('of a report of an earlier version shows what that one knew', () => {
    const value = [{ detector: 'share_allotments', outcome: 'none', reason: null }];
    const statement = { field: 'signals_checked', value, evidence: ['E1'] };
    // Only what the table reads.
    const report = { statements: [statement], evidence: [] } as unknown as Parameters<typeof signalChecksOf>[0];
    expect(signalChecksOf(report)).toEqual([
      { title: 'Share allotments', outcome: 'none', result: 'none', note: '', evidence: [] },
    ]);
  });

  test('gives a reason that several signals share only once', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000005', { isDemo: true });
    expect(textOf(document, 'signals').match(/Late filing leads to penalties/g)).toHaveLength(1);
  });
});
