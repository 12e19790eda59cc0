import { describe, expect, it } from 'vitest';
import { numberKeys } from '@/lib/research/evidence/number-keys';
import { detectSignals } from '@/lib/signals/detect-signals';
import { contextOf, history } from '../../support/register-sources';

const thing = (name: string, more: object = {}) => ({
  key: name.toLowerCase(),
  name,
  detail: `${name}.js`,
  place: 'https://kestrel.example/',
  match: 1,
  first_seen_at: '2026-11-20T09:00:00.000Z',
  absent_at: '2026-10-01T09:00:00.000Z',
  ...more,
});
const readings = (things: ReturnType<typeof thing>[], more: object = {}) => ({
  began_at: '2026-09-01T09:00:00.000Z',
  read_at: '2026-11-21T09:00:00.000Z',
  places: ['https://kestrel.example/'],
  present: things.map(({ key }) => key),
  things,
  ...more,
});

const detect = (answers: object) =>
  detectSignals(contextOf({ 'companies_house.filing_history': history([]), ...answers }), {
    companyNumber: 'DM000099',
  });

describe('what appeared between two readings', () => {
  it('is a signal of a tool, with the days of both readings', async () => {
    const { signals } = await detect({ 'website.history': readings([thing('Shopify')]) });
    expect(signals).toMatchObject([
      {
        type: 'technology_adoption',
        kind: 'technology_appeared',
        title: 'Shopify appeared on the web site between 1 October 2026 and 20 November 2026',
        event_date: '2026-11-20',
        confidence: 0.75,
        dedupe_key: 'DM000099:technology_adoption:technology_appeared:shopify',
        locator: '$.things[0]',
      },
    ]);
    const [signal] = signals;
    expect([...numberKeys(signal?.snippet ?? '')]).toEqual(
      expect.arrayContaining([...numberKeys(signal?.title ?? '')]),
    );
  });

  it('is a signal of expansion where roles are advertised for a new place, no surer than whose board it is', async () => {
    const { signals } = await detect({ 'job_boards.history': readings([thing('Leeds', { match: 0.8 })]) });
    expect(signals).toMatchObject([
      {
        type: 'expansion',
        title: 'Roles in Leeds appeared on the job board between 1 October 2026 and 20 November 2026',
        confidence: 0.6,
      },
    ]);
  });

  it('is none where nothing shows that it was not there before, or it has gone again', async () => {
    const answer = readings([thing('WordPress', { absent_at: null }), thing('Shopify')], { present: ['wordpress'] });
    const { signals, checks } = await detect({ 'website.history': answer });
    expect(signals).toEqual([]);
    expect(checks.find(({ detector }) => detector === 'new_technology')?.outcome).toBe('none');
  });

  it('cannot be known from a single reading, and that is said', async () => {
    const first = readings([thing('WordPress', { absent_at: null })], { began_at: '2026-11-21T09:00:00.000Z' });
    const { checks } = await detect({ 'website.history': first });
    expect(checks.find(({ detector }) => detector === 'new_technology')).toMatchObject({
      outcome: 'not_run',
      cause: 'nothing_to_ask',
      reason: 'There is no earlier reading of its web site to compare with.',
      unread: ['website.history'],
    });
  });
});
