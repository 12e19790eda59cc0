import { describe, expect, it } from 'vitest';
import { detectSignals } from '@/lib/signals/detect-signals';
import { contextOf, history } from '../../support/register-sources';

const QUOTE = 'Kestrel Test Ltd has raised £6 million from Invented Ventures.';
const article = (day: string, more: object = {}) => ({
  url: `https://courier.example/${day}`,
  title: 'A headline',
  outlet: 'courier.example',
  date: `${day}T08:00:00.000Z`,
  date_is: 'published',
  channel: 'gdelt',
  match: 'legal_name',
  quote: QUOTE,
  named_in: 'article',
  copies: [],
  ...more,
});
const allotment = (day: string) => ({
  transaction_id: `sh-${day}`,
  type: 'SH01',
  date: day,
  description: 'capital-allotment-shares',
  description_values: { date: day, capital: [{ figure: '123.405', currency: 'GBP' }] },
});

async function detect(filings: object[], articles: object[], lookbackDays?: number) {
  const answers = {
    'companies_house.profile': { company_name: 'KESTREL TEST LTD', company_number: 'DM000099' },
    'companies_house.filing_history': history(filings),
    'news.articles': { articles, channels: [], unread: 0 },
  };
  return detectSignals(contextOf(answers), { companyNumber: 'DM000099', lookbackDays });
}

describe('an allotment and news of a funding within 60 days of each other', () => {
  it.each(['2026-10-20', '2026-08-22'])(
    'are told once, as a sure funding that cites both (news of %s)',
    async (day) => {
      const { signals, checks } = await detect([allotment('2026-09-01')], [article(day)]);
      expect(signals).toMatchObject([
        {
          kind: 'share_allotment_in_the_news',
          title: 'New shares allotted on 1 September 2026',
          event_date: '2026-09-01',
          confidence: 0.95,
          strength: 'high',
          dedupe_key: 'DM000099:funding:sh-2026-09-01',
          origin: { source: 'companies_house.filing_history' },
          why_it_matters: expect.stringContaining(`: “${QUOTE}”`),
          also: [
            {
              origin: { source: 'news.articles', url: `https://courier.example/${day}` },
              locator: '$.articles[0].quote',
              snippet: expect.stringContaining(QUOTE),
            },
          ],
        },
      ]);
      // The nominal capital is no amount of money raised, whatever the news says.
      expect(JSON.stringify(signals)).not.toContain('123.405');
      const outcome = (name: string) => checks.find(({ detector }) => detector === name)?.outcome;
      expect([outcome('share_allotments'), outcome('funding_in_the_news')]).toEqual(['found', 'found']);
    },
  );

  it('support the nearest allotment only', async () => {
    const { signals } = await detect([allotment('2026-10-30'), allotment('2026-09-20')], [article('2026-10-20')]);
    expect(signals.map(({ event_date, confidence }) => [event_date, confidence])).toEqual([
      ['2026-10-30', 0.95],
      ['2026-09-20', 0.55],
    ]);
  });

  it('leave a doubt where the article names the company only by words that others may bear', async () => {
    const { signals } = await detect([allotment('2026-09-01')], [article('2026-10-20', { match: 'name' })]);
    expect(signals).toMatchObject([{ confidence: 0.85 }]);
  });
});

describe('an allotment and news of a funding are two events', () => {
  it('when they lie further apart', async () => {
    const { signals } = await detect([allotment('2026-08-01')], [article('2026-10-20')]);
    expect(signals.map(({ kind, confidence }) => [kind, confidence])).toEqual([
      ['funding_reported', 0.6],
      ['share_allotment', 0.55],
    ]);
  });

  it('when the news is of something else', async () => {
    const opened = article('2026-10-20', { quote: 'Kestrel Test Ltd has opened a second factory in Nowhere.' });
    const { signals } = await detect([allotment('2026-09-01')], [opened]);
    expect(signals.map(({ kind }) => kind)).toEqual(['expansion_reported', 'share_allotment']);
  });

  it('when only the news lies within the days that are looked at: then the news is told', async () => {
    const { signals } = await detect([allotment('2026-09-20')], [article('2026-10-20')], 40);
    expect(signals.map(({ kind }) => kind)).toEqual(['funding_reported']);
  });
});
