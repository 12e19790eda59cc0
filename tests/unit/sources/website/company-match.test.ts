import { describe, expect, it, test } from 'vitest';
import { matchCompany } from '@/lib/sources/website/company-match';
import { guessedHosts } from '@/lib/sources/website/company-name';
import { printedNumbers } from '@/lib/sources/website/printed-numbers';
import { hasSharedData } from '../../../support/shared-data';
import { parsed, recorded } from './recorded-pages';

const VISUALISE = { number: '11723865', name: 'VISUALISE INFO LTD', postcode: 'SE8 3DX' };

test.each([
  ['Visualise Info Ltd. Registered in England, Company Number: 11723865.', '11723865'],
  ['(a company registered in England with number 11723865)', '11723865'],
  ['Registered in England & Wales No. 1234567', '01234567'],
  ['Registered in Scotland SC123456', 'SC123456'],
  ['Company Reg. No. NI 012345', 'NI012345'],
  ['Company registration number\n0123 4567', '01234567'],
  ['Registered office: Unit 3, Bath. Registered in England and Wales under company no 765432', '00765432'],
  ['CRN: 01234567', '01234567'],
])('a company number is read from “%s”', (text, number) => {
  expect(printedNumbers(text).map((printed) => printed.number)).toEqual([number]);
});

test.each([
  'Registered charity number 1234567',
  'Registered charity in England and Wales (1234567)',
  'VAT registration number 123456789',
  'VAT registered No: GB 12345678',
  'Registered with the Information Commissioner’s Office, number ZA123456',
  'Authorised by the FCA, firm registration number 123456',
  'Registered office: 1 High Street. Tel 0131 4960000',
  'Gas Safe registered no. 123456',
  'Company founded 20 01 2019',
  'Call our company on 01234567',
])('no company number is read from “%s”', (text) => {
  expect(printedNumbers(text)).toEqual([]);
});

describe('whose site it is', () => {
  const page = (html: string) => parsed(`<html><body>${html}</body></html>`);
  const acme = { number: '01234567', name: 'ACME & SONS (UK) LIMITED', postcode: 'EX4 4RN' };

  it('takes name and postcode on one page as proof, however they are written', () => {
    const found = matchCompany([page('<footer>© Acme and Sons (UK) Ltd., 1 High St, ex4&nbsp;4rn</footer>')], acme);
    expect(found).toMatchObject({ finding: 'proved', match: { kind: 'legal_name_and_postcode', worth: 0.9 } });
  });

  it('does not take a name on one page and a postcode on another as proof', () => {
    const found = matchCompany([page('Acme & Sons (UK) Limited'), page('Find us at EX4 4RN')], acme);
    expect(found).toMatchObject({ finding: 'name_only', page: 0 });
  });

  it('does not take a longer name for the company’s', () => {
    const found = matchCompany([page('Acme and Sons (UK) Limited Partners, New Acme')], { ...acme, name: 'SONS LTD' });
    expect(found.finding).toBe('not_named');
  });

  it.each(['ACME SONS LTD', 'Acme & Sons Ltd', 'Acme and Sons Limited'])(
    'does not take “%s” for its neighbour SONS LTD in the same building',
    (printed) => {
      const sons = { ...acme, name: 'SONS LTD' };
      expect(matchCompany([page(`${printed.replace('&', '&amp;')}, EX4 4RN`)], sons).finding).toBe('not_named');
      expect(matchCompany([page('Copyright 2026 Sons Ltd, EX4 4RN')], sons).finding).toBe('proved');
    },
  );

  it('does not see what the page hides', () => {
    const hidden = '<p hidden>Company no. 01234567</p><p style="display:none">Acme &amp; Sons (UK) Limited EX4 4RN</p>';
    expect(matchCompany([page(hidden)], acme).finding).toBe('not_named');
  });

  it('takes the number in JSON-LD as proof', () => {
    const html =
      '<script type="application/ld+json">{"@type":"Organization","name":"Acme","identifier":{"@type":"PropertyValue","name":"Companies House","value":"01234567"}}</script>';
    expect(matchCompany([page(html)], acme)).toMatchObject({ finding: 'proved', match: { found_in: 'json_ld' } });
  });

  it('takes a registered name with its address in JSON-LD as proof', () => {
    const html =
      '<script type="application/ld+json">{"@graph":[{"@type":"Organization","legalName":"Acme &amp; Sons (UK) Ltd","address":{"postalCode":"EX44RN"}}]}</script>';
    expect(matchCompany([page(html)], acme)).toMatchObject({
      finding: 'proved',
      match: { kind: 'legal_name_and_postcode', found_in: 'json_ld', postcode: 'EX44RN' },
    });
  });

  it('says that a site with another number is another company’s', () => {
    const found = matchCompany([page('Acme &amp; Sons (UK) Limited, company number 07654321')], acme);
    expect(found.finding).toBe('other_company');
  });
});

describe.runIf(hasSharedData)('on recorded sites', () => {
  it('proves visualise-info/privacy-policy.html by its number', () => {
    const found = matchCompany(
      [recorded('visualise-info/index.html'), recorded('visualise-info/privacy-policy.html')],
      VISUALISE,
    );
    expect(found).toMatchObject({
      finding: 'proved',
      match: { kind: 'company_number', page: 1, quote: 'company registered in England with number 11723865' },
    });
  });

  it('does not take a number of a contract’s earlier owner for proof (visualise-info EULA 1, 2)', () => {
    const pages = [
      recorded('visualise-info/docs__marketplace__EULA__1.html'),
      recorded('visualise-info/docs__marketplace__EULA__2.html'),
    ];
    expect(matchCompany(pages, { number: '09985586', name: 'SOMEBODY ELSE LTD', postcode: null }).finding).toBe(
      'other_company',
    );
    expect(matchCompany(pages, VISUALISE)).toMatchObject({ finding: 'proved', match: { page: 0 } });
  });

  it.each([
    ['civildigital/contact.html', 'CIVIL DIGITAL LIMITED'],
    ['primeguard/contact.html', 'PRIME GUARD SOLUTIONS LTD'],
    ['rapidweb/index.html', 'RAPID WEB LTD'],
    ['geodor/legal.html', 'GEODOR LIMITED'],
    ['applecottage/index.html', 'APPLE COTTAGE LTD'],
  ])('%s names a company and proves nothing', (file, name) => {
    const found = matchCompany([recorded(file)], { number: '01234567', name, postcode: 'DG8 7HU' });
    expect(found.finding).toBe('name_only');
  });

  it('belfasttechservices/bts__index.html is about nobody else’s company', () => {
    const other = { number: '01234567', name: 'BELFAST BAKERIES LTD', postcode: 'BT1 1AA' };
    expect(matchCompany([recorded('belfasttechservices/bts__index.html')], other).finding).toBe('not_named');
  });
});

test('hosts are guessed from the words of a name, at most three', () => {
  expect(guessedHosts('ACME WIDGETS LIMITED')).toEqual(['acmewidgets.co.uk', 'acmewidgets.com', 'acme-widgets.co.uk']);
  expect(guessedHosts('THE O’BRIEN & CO. LTD')).toEqual([
    'obrienandco.co.uk',
    'obrienandco.com',
    'obrien-and-co.co.uk',
  ]);
  expect(guessedHosts('X LTD')).toEqual([]);
  expect(guessedHosts('')).toEqual([]);
});
