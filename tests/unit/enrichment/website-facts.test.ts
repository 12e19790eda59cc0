import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSources } from '@/lib/enrichment/enrich-company';
import { websiteSource } from '@/lib/sources/website/website-source';
import { contextOf } from '../../support/register-sources';
import { openSiteServer, type SiteServer } from '../../support/site-server';
import { sourceContext } from '../../support/source-context';

const COMPANY = { companyNumber: '01234567', companyName: 'ACME WIDGETS LIMITED', postcode: 'EX4 4RN' };
const CONTACT = '<a href="tel:01392496000">call</a> <a href="mailto:jane.doe@acmewidgets.co.uk">Jane</a>';

let server: SiteServer;
beforeAll(async () => {
  server = await openSiteServer({
    'acmewidgets.co.uk': { '/': '<a href="/contact">Contact</a>', '/contact': `${CONTACT}<p>Company no. 01234567</p>` },
    'named.example.com': { '/': `<h1>Acme Widgets</h1>${CONTACT}` },
  });
});
afterAll(() => server.close());

async function enrichFrom(website: string) {
  const outcome = await websiteSource.read(sourceContext(server.url), { ...COMPANY, website });
  const answers = { 'website.pages': outcome.outcome === 'ok' ? outcome.data : undefined };
  const known = { filled: new Set<string>(), asFacts: new Set<string>() };
  return readSources(contextOf(answers), { companyNumber: COMPANY.companyNumber, known, registerReadAt: null });
}

test('web site and telephone are filled from the proved site, each with its own page', async () => {
  const { result, effects } = await enrichFrom('https://acmewidgets.co.uk/');
  expect(result.fields_filled).toEqual(expect.arrayContaining(['website', 'phone', 'technologies']));
  expect(effects.facts?.find(({ field }) => field === 'phone')).toMatchObject({
    value: '+44 1392 496000',
    source: 'website.pages',
    confidence: 0.75,
    evidence: { url: 'https://acmewidgets.co.uk/contact', locator: '$.phones[0].value' },
  });
  expect(effects.facts?.find(({ field }) => field === 'website')).toMatchObject({
    value: 'https://acmewidgets.co.uk/',
    evidence: { url: 'https://acmewidgets.co.uk/contact', snippet: 'Company no. 01234567' },
  });
  expect(JSON.stringify(effects.facts)).not.toContain('jane');
});

test('a site that only names the company fills nothing', async () => {
  const { result } = await enrichFrom('https://named.example.com/');
  expect(result.fields_filled).not.toContain('website');
  expect(result.fields_filled).not.toContain('phone');
});
