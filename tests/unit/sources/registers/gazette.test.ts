import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersIn } from '@/lib/sources/gazette/company-numbers';
import { gazetteSource } from '@/lib/sources/gazette/notices-source';
import { feedSchema } from '@/lib/sources/gazette/schema';
import { type ProviderServer, startProviderServer } from '@/tests/support/provider-server';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { sourceContext } from '@/tests/support/source-context';

let server: ProviderServer;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());

const NUMBER = '09184913';
const entry = (id: string, more: object = {}) => ({
  id: `https://www.thegazette.co.uk/id/notice/${id}`,
  'f:status': 'published',
  'f:notice-code': '2443',
  title: 'SPECIMEN WORKS LIMITED',
  link: [{ '@href': `https://www.thegazette.co.uk/id/notice/${id}`, '@rel': 'self' }],
  published: '2026-08-05T00:00:00',
  category: { '@term': 'Appointment of Liquidators' },
  content: `<div><p>Name of Company: SPECIMEN WORKS LIMITED <span>Company Number: ${NUMBER}</span></p></div>`,
  ...more,
});

/** The feed answers any search with these entries; one entry comes without a list around it, as the service sends it. */
async function noticesOf(...entries: object[]) {
  server.answerWith((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const shown = entries.length === 1 ? entries[0] : entries;
    response.end(JSON.stringify({ 'f:total': String(entries.length), entry: shown }));
  });
  return gazetteSource.read(sourceContext(server.url), {
    companyNumber: NUMBER,
    companyName: 'Specimen Works Ltd',
  });
}

describe('notices of The Gazette', () => {
  it('count when they give the number of the company', async () => {
    expect(await noticesOf(entry('5185493'))).toMatchObject({
      outcome: 'ok',
      data: {
        notices: [
          {
            id: '5185493',
            code: '2443',
            kind: 'Appointment of Liquidators',
            published_on: '2026-08-05',
            matched_by: 'company_number',
            url: 'https://www.thegazette.co.uk/notice/5185493',
          },
        ],
      },
    });
  });

  it('count by the name alone when they give no number, and are marked so', async () => {
    const outcome = await noticesOf(entry('1', { content: '<p>In the High Court of Justice</p>' }));
    expect(outcome).toMatchObject({ data: { notices: [{ matched_by: 'name' }] } });
  });

  it('of a namesake with another number do not count, nor of a company with a similar name', async () => {
    const outcome = await noticesOf(
      entry('1', { content: 'SPECIMEN WORKS LIMITED (Company Number 11416317 )' }),
      entry('2', { title: 'SPECIMEN WORKS (NORTH) LIMITED', content: 'once a supplier of Specimen Works Limited' }),
    );
    expect(outcome).toMatchObject({ outcome: 'empty' });
  });

  it('outside corporate insolvency do not count', async () => {
    expect(await noticesOf(entry('1', { 'f:notice-code': '2903' }))).toMatchObject({ outcome: 'empty' });
  });

  it('give numbers in all the ways in which they are printed', () => {
    expect(numbersIn('(Company Number 11416317 )')).toEqual(['11416317']);
    expect(numbersIn('Company Number: <b>530703</b>')).toEqual(['00530703']);
    expect(numbersIn('Registered Number SC123456, formerly Company No. 01234567')).toEqual(['SC123456', '01234567']);
    expect(numbersIn('Court number 12345678 of 2026')).toEqual([]);
  });

  it.skipIf(!hasSharedData)('come in the form of the official sample: gazette/notice-feed.md', () => {
    const text = readFileSync(sharedData('gazette', 'notice-feed.md'), 'utf8');
    const json = text.slice(text.indexOf('{', text.lastIndexOf('### JSON')), text.indexOf('## Code samples'));
    const feed = feedSchema.parse(JSON.parse(json));
    expect(feed).toMatchObject({ 'f:total': '9082', entry: [{ 'f:notice-code': '1119' }] });
  });
});
