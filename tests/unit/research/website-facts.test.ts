import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { SourceOutcome } from '@/lib/sources/source';
import type { Website } from '@/lib/sources/website/schema';
import { websiteSource } from '@/lib/sources/website/website-source';
import { openSiteServer, type SiteServer } from '../../support/site-server';
import { sourceContext } from '../../support/source-context';
import { failedAnswer, gapIn, NOW, researchWith, sourcesOf, textOf, valueIn } from './research-stand';

const PROFILE = {
  company_name: 'ACME WIDGETS LIMITED',
  company_number: '01234567',
  company_status: 'active',
  type: 'ltd',
  jurisdiction: 'england-wales',
  date_of_creation: '2001-02-03',
  registered_office_address: { address_line_1: '1 High Street', locality: 'Exeter', postal_code: 'EX4 4RN' },
  sic_codes: ['25990'],
};
const ORGANISATION = {
  '@context': 'https://schema.org',
  '@type': 'Organization',
  name: 'Acme Widgets',
  url: 'https://www.acmewidgets.co.uk/',
  description: 'Acme Widgets makes brass fittings for boats and 24 kinds of hinges.',
  telephone: '01392 496000',
  email: 'hello@acmewidgets.co.uk',
  address: { streetAddress: 'Unit 7, Quay Road', addressLocality: 'Topsham', postalCode: 'EX3 0AB' },
  sameAs: ['https://www.linkedin.com/company/acme-widgets'],
};
const HOME = `<html lang="en-GB"><head><title>Acme Widgets</title><meta name="generator" content="WordPress 6.5">
  <script type="application/ld+json">${JSON.stringify(ORGANISATION)}</script></head>
  <body><nav><a href="/about">About</a></nav><main><h1>Brass fittings</h1><p>${'We make brass fittings for boats in Devon. '.repeat(8)}</p></main>
  <footer>Acme Widgets Ltd. Registered in England and Wales, company number 01234567.</footer></body></html>`;
const NAMED_ONLY =
  '<html><body><h1>Welcome to Acme Widgets</h1><script src="https://js.stripe.com/v3"></script></body></html>';

let server: SiteServer;
beforeAll(async () => {
  server = await openSiteServer({
    'acmewidgets.co.uk': { '/': HOME, '/about': '<p>About us</p>' },
    'acme.example.com': { '/': NAMED_ONLY },
    'other.example.com': { '/': '<p>Nothing here</p>' },
  });
});
afterAll(() => server.close());

function readSite(website: string): Promise<SourceOutcome<Website>> {
  const ctx = sourceContext(server.url, { now: () => NOW });
  return websiteSource.read(ctx, {
    companyNumber: '01234567',
    companyName: PROFILE.company_name,
    postcode: 'EX4 4RN',
    website,
  });
}

async function reportWith(website: SourceOutcome<unknown>) {
  const research = await researchWith(
    sourcesOf({ 'companies_house.profile': PROFILE, 'website.pages': website }),
    '01234567',
  );
  expect(research.dropped).toEqual([]);
  expect(checkReport(research.document, research.payloads)).toEqual([]);
  return research.document;
}

describe('a company whose web site prints its number', () => {
  test('has the site with its proof, contact data and own words in the report', async () => {
    const document = await reportWith(await readSite('https://acmewidgets.co.uk/'));
    expect(textOf(document, 'identity')).toContain(
      'Its own web site is acmewidgets.co.uk; it shows the company number (“Registered in England and Wales, company number 01234567”).',
    );
    expect(textOf(document, 'identity')).toContain('The site gives this address: Unit 7, Quay Road, Topsham, EX3 0AB.');
    expect(textOf(document, 'identity')).toContain(
      'the telephone number +44 1392 496000 and the mailbox hello@acmewidgets.co.uk',
    );
    expect(textOf(document, 'business')).toContain(
      '“Acme Widgets makes brass fittings for boats and 24 kinds of hinges”.',
    );
  });

  test('has its technology, links and language in the report, each cited by its page', async () => {
    const document = await reportWith(await readSite('https://acmewidgets.co.uk/'));
    expect(textOf(document, 'technology')).toContain(
      'Its web site acmewidgets.co.uk answered over HTTPS; 2 pages of it were read.',
    );
    expect(textOf(document, 'technology')).toContain('show signs of WordPress (content management).');
    expect(textOf(document, 'technology')).toContain('on social networks: LinkedIn.');
    expect(textOf(document, 'technology')).toContain('written in English.');
    const statement = document.statements.find(({ field }) => field === 'tech_detected');
    const [evidence] = document.evidence.filter(({ id }) => statement?.evidence.includes(id));
    expect(evidence).toMatchObject({
      source: 'website.pages',
      url: 'https://acmewidgets.co.uk/',
      locator: '$.technologies[0]',
      snippet: 'name: WordPress; category: content management; matched: WordPress 6.5',
    });
    expect(statement?.confidence).toBeCloseTo(0.75);
  });
});

test('a site that only names the company is told as a candidate and gives no fact', async () => {
  const document = await reportWith(await readSite('https://acme.example.com/'));
  expect(valueIn(document, 'identity', 'website')).toBeUndefined();
  expect(gapIn(document, 'technology', 'tech_detected')).toMatchObject({
    reason: 'not_found',
    detail: expect.stringContaining('Only a candidate for its web site was found'),
  });
  expect(JSON.stringify(document)).not.toContain('Stripe');
});

test('a company without a site that can be proved has the hosts that were tried in the report', async () => {
  const document = await reportWith(await readSite('https://other.example.com/'));
  expect(gapIn(document, 'identity', 'website')?.detail).toContain('other.example.com does not name the company');
});

test('a site that does not answer is a failure, and not a company without a site', async () => {
  const document = await reportWith(failedAnswer('website.pages'));
  expect(gapIn(document, 'technology', 'website_status')?.reason).toBe('source_failed');
  expect(textOf(document, 'technology')).toMatch(/its web site could not be read this time/);
  expect(document.report.status).toBe('partial');
});
