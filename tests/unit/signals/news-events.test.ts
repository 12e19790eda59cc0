import { describe, expect, it } from 'vitest';
import { detectSignals } from '@/lib/signals/detect-signals';
import { contextOf, history } from '../../support/register-sources';

const article = (quote: string, more: object = {}) => ({
  url: `https://courier.example/${quote.length}`,
  title: 'A headline about raising, opening and appointing',
  outlet: 'courier.example',
  date: '2026-11-18T08:00:00.000Z',
  date_is: 'published',
  channel: 'gdelt',
  match: 'legal_name',
  quote,
  named_in: 'article',
  copies: [],
  ...more,
});

async function detect(...articles: object[]) {
  const answers = {
    'companies_house.profile': { company_name: 'KESTREL TEST LTD', company_number: 'DM000099' },
    'companies_house.filing_history': history([]),
    'news.articles': { articles, channels: [], unread: 0 },
  };
  const { signals } = await detectSignals(contextOf(answers), { companyNumber: 'DM000099' });
  return signals;
}

describe('news is a signal', () => {
  it.each([
    ['funding', 'Kestrel Test Ltd has raised £6 million from Invented Ventures.'],
    ['funding', 'Kestrel Test Ltd secured 2.5m pounds of equity from investors on Monday.'],
    ['expansion', 'Kestrel Test Ltd has opened a second factory in Nowhere.'],
    ['executive_change', 'Kestrel Test Ltd has appointed Ursula Magnette as its managing director.'],
  ])('of %s when the sentence that names the company says so: %s', async (type, quote) => {
    expect(await detect(article(quote))).toMatchObject([
      {
        type,
        event_date: '2026-11-18',
        confidence: 0.6,
        title: `courier.example reported ${{ funding: 'funding', expansion: 'an expansion', executive_change: 'a change at the top' }[type]} on 18 November 2026: “${quote}”`,
        origin: { source: 'news.articles', url: `https://courier.example/${quote.length}` },
        locator: '$.articles[0].quote',
        snippet: expect.stringContaining(quote),
      },
    ]);
  });

  it('believed more when two outlets that do not copy each other report it, and told once', async () => {
    const signals = await detect(
      article('Kestrel Test Ltd has raised £6 million from Invented Ventures.'),
      article('A round of £6m was closed: Kestrel Test Ltd raised £6m of seed capital.', {
        outlet: 'almanac.example',
        url: 'https://almanac.example/1',
        date: '2026-11-20T08:00:00.000Z',
      }),
    );
    expect(signals).toMatchObject([{ type: 'funding', confidence: 0.8, event_date: '2026-11-18' }]);
  });

  it('believed less when only a name without legal form tells whom it is about', async () => {
    const [signal] = await detect(article('Kestrel Test has opened a second factory in Nowhere.', { match: 'name' }));
    expect(signal?.confidence).toBe(0.5);
  });
});

describe('news is no signal', () => {
  it.each([
    ['on one keyword', 'Kestrel Test Ltd raised eyebrows in Nowhere.'],
    ['on one keyword of an opening', 'Kestrel Test Ltd opened the season with a party.'],
    ['on an amount alone', 'Kestrel Test Ltd paid £6 million in taxes.'],
    ['for money raised for charity', 'Kestrel Test Ltd raised £6,000 in funding for the hospice appeal.'],
    ['for what only might be', 'Kestrel Test Ltd could open a new factory in Nowhere.'],
    ['for what is denied', 'Kestrel Test Ltd has not raised £6 million from investors.'],
    ['for an appointment to nothing', 'Kestrel Test Ltd named its new boat Ursula.'],
    ['for a headline', 'Kestrel Test Ltd was mentioned in passing.'],
  ])('%s: %s', async (_name, quote) => {
    expect(await detect(article(quote))).toEqual([]);
  });
});
