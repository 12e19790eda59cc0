import { describe, expect, it, test } from 'vitest';
import { findAddresses, findEmails, findPhones } from '@/lib/sources/website/contacts';
import { findTechnologies } from '@/lib/sources/website/find-technologies';
import { toDocument } from '@/lib/sources/website/html-document';
import { readJsonLd } from '@/lib/sources/website/json-ld';
import { pageLanguage } from '@/lib/sources/website/languages';
import { quotableText } from '@/lib/sources/website/parse-page';
import { findSocialLinks } from '@/lib/sources/website/social-links';
import { hasSharedData } from '../../../support/shared-data';
import { parsed, recorded } from './recorded-pages';

const values = (contacts: readonly { value: string }[]) => contacts.map(({ value }) => value);
const ld = (json: string) => `<script type="application/ld+json">${json}</script>`;

describe('pages of all sorts become documents', () => {
  it.each(['', 'plain words', '<p>no frame', '<a/><html lang="en"><body>late', '{"json":1}'])(
    'such as “%s”',
    (html) => {
      expect(toDocument(html)?.body).toBeTruthy();
    },
  );

  it('but not one that is nested to exhaust its reader', () => {
    const begun = performance.now();
    expect(toDocument(`<html><body>${'<div>'.repeat(300_000)}`)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('JSON-LD', () => {
  it.each([
    ['a list', '[{"@type":"Organization"}]'],
    ['comment marks', '<!-- {"@type":"Organization"} -->'],
    ['CDATA marks', '//<![CDATA[\n{"@type":"Organization"}\n//]]>'],
    ['entities', '{&quot;@type&quot;:&quot;Organization&quot;}'],
    ['a trailing comma', '{"@type":"Organization",}'],
    ['line breaks in texts', '{"@type":"Organization","name":"two\nlines"}'],
  ])('with %s is read', (_, json) => {
    expect(readJsonLd(parsed(ld(json)).document)).toHaveLength(1);
  });

  it.each(['', 'no JSON at all', '"text"', '<b>'])('that is “%s” is left out', (json) => {
    expect(readJsonLd(parsed(ld(json)).document)).toEqual([]);
  });

  it('of another organisation, at another address, is not the site’s own', () => {
    const { organisations } = parsed(ld('{"@type":"Product","brand":{"@type":"Organization","name":"Brand"}}'));
    expect(organisations).toEqual([]);
  });
});

describe('contact data', () => {
  it('holds mailboxes of functions and never those of people', () => {
    const page =
      parsed(`<a href="mailto:Info@example.co.uk?subject=Hi">us</a> <a href="mailto:jane.smith@example.co.uk">Jane</a>
      <a href="mailto:casework@ico.org.uk">ICO</a> <a href="mailto:sales@agency.com">agency</a> <a href="mailto:example@gmail.com">us</a>
      write to hidden.person@example.co.uk`);
    expect(values(findEmails([page], 'example.co.uk'))).toEqual(['info@example.co.uk', 'example@gmail.com']);
  });

  it('holds numbers that can exist, in one form, and none of legal pages', () => {
    const page = parsed(
      '<a href="tel:01312%20496%200000">x</a><a href="tel:0131 496 0000">y</a><a href="tel:+1234567890">z</a>',
    );
    const legal = { ...parsed('<a href="tel:03031231113">ICO</a>'), isLegal: true };
    expect(values(findPhones([page, legal]))).toEqual(['+44 131 496 0000']);
  });

  it('holds addresses that end with a postcode', () => {
    const page = parsed(
      '<address>Acme Ltd<br>1 High Street<br>Exeter<br>EX4 4RN<br>Call us!</address><address>somewhere</address>',
    );
    expect(values(findAddresses([page]))).toEqual(['Acme Ltd, 1 High Street, Exeter, EX4 4RN']);
  });
});

test.each([
  ['inside a tag', '<a href="https://www.linkedin.com/company/harbour-lant'],
  [
    'inside JSON-LD',
    `<script type="application/ld+json">{"@type":"Organization","sameAs":["https://www.linkedin.com/company/harbour-lant`,
  ],
])('a page that was cut off %s gives no half address', (_, end) => {
  expect(findSocialLinks([parsed(`<p>Harbour Lanterns</p>${end}`)])).toEqual([]);
});

test('social links are pages of organisations, not posts, people, share buttons or template accounts', () => {
  const page =
    parsed(`<a href="https://www.linkedin.com/company/acme/?trk=x">1</a><a href="https://uk.linkedin.com/in/jane">2</a>
    <a href="//twitter.com/acme">3</a><a href="https://twitter.com/intent/tweet?x">4</a><a href="https://www.facebook.com/sharer/sharer.php?u=">5</a>
    <a href="https://facebook.com/wix">6</a><a href="https://www.youtube.com/watch?v=1">7</a><a href="https://x.com/acme/status/1">8</a>
    ${ld('{"@type":"Organization","name":"A","sameAs":["https://www.instagram.com/acme/","https://www.facebook.com/"]}')}`);
  expect(findSocialLinks([page]).map(({ url, found_in }) => [url, found_in])).toEqual([
    ['https://www.instagram.com/acme/', 'json_ld'],
    ['https://www.linkedin.com/company/acme/', 'link'],
    ['https://twitter.com/acme', 'link'],
  ]);
});

test('technology shows in what a page loads and answers with, not in words, pictures or comments', () => {
  const page = parsed(
    `<html><head><meta name="generator" content="WordPress 6.5"><!-- <script src="https://cdn.shopify.com/x.js"></script> --></head>
    <body><p>We love Shopify and HubSpot</p><img src="/logos/squarespace.png"><script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7"></script>
    <script>gtag('config', 'G-ABC123');</script></body></html>`,
    { headers: new Headers({ server: 'cloudflare', 'x-powered-by': 'PHP/8.2' }) },
  );
  expect(findTechnologies([page]).map(({ name, where, matched }) => [name, where, matched])).toEqual([
    ['WordPress', 'meta', 'WordPress 6.5'],
    ['Google Analytics', 'inline_script', "gtag('config', 'G-ABC123"],
    ['PHP', 'header', 'x-powered-by: PHP/8.2'],
    ['jQuery', 'script', 'https://example.co.uk/wp-includes/js/jquery/jquery.min.js?ver=3.7'],
    ['Cloudflare', 'header', 'server: cloudflare'],
  ]);
});

test('the language is what the text is written in, else what the page declares', () => {
  const german =
    'Wir sind ein kleines Unternehmen aus dem Norden und bauen seit vielen Jahren Möbel aus Holz für unsere Kunden. '.repeat(
      3,
    );
  expect(pageLanguage(german, 'en')).toBe('de');
  expect(pageLanguage('Croeso', 'cy')).toBe('cy');
  expect(pageLanguage('We make brass fittings for boats in Devon. '.repeat(8), 'en-GB')).toBe('en');
  expect(pageLanguage('Hi', 'not a language!')).toBeNull();
});

test.each([
  ['<meta name="robots" content="noindex, follow">', new Headers()],
  ['<meta name="ROBOTS" content="nosnippet">', new Headers()],
  ['', new Headers({ 'x-robots-tag': 'noindex' })],
])('nothing is quoted from a page that forbids it (%s)', (meta, headers) => {
  const page = parsed(`<html><head>${meta}</head><body><p>${'Words. '.repeat(100)}</p></body></html>`, { headers });
  expect(page.quotable).toBe(false);
  expect(quotableText(page, 1_000)).toBe('');
});

describe.runIf(hasSharedData)('on recorded sites', () => {
  it('reads the organisation, mailbox and telephone of civildigital/contact.html', () => {
    const page = recorded('civildigital/contact.html', { url: 'https://civildigital.co.uk/contact.html' });
    expect(page.organisations[0]).toMatchObject({
      name: 'Civil Digital',
      founding_date: '2026',
      address: { text: 'Bedford' },
    });
    expect(values(findEmails([page], 'civildigital.co.uk'))).toEqual(['info@civildigital.co.uk']);
    expect(values(findPhones([page]))).toEqual(['+44 7568 296136']);
    expect(quotableText(page, 4_000)).not.toMatch(/cookie|©/i);
  });

  it('takes no mailbox of a private person from applecottage/index.html, which is no company at all', () => {
    const page = recorded('applecottage/index.html');
    expect(findEmails([page], 'applecottagecreetown.co.uk')).toEqual([]);
    expect(page.organisations).toEqual([]);
  });

  it('drops the placeholder number of geodor/index_v1.html and geodor/index.html', () => {
    const pages = ['geodor/index.html', 'geodor/index_v1.html'].map((file) => recorded(file));
    expect(values(findPhones(pages))).toEqual(['+44 7311 984362']);
    expect(findSocialLinks(pages).map(({ url }) => url)).toEqual(['https://www.instagram.com/geodor_vee']);
  });

  it('reads social links and technology of visualise-info/index.html with what gave it away', () => {
    const page = recorded('visualise-info/index.html', { url: 'https://www.visualiseinfo.com/' });
    expect(findSocialLinks([page]).map(({ network }) => network)).toEqual(['LinkedIn', 'Instagram', 'YouTube']);
    const technologies = findTechnologies([page]);
    expect(technologies.map(({ name }) => name)).toEqual(['Hotjar', 'EmailJS', 'Bootstrap', 'Swiper', 'Google Fonts']);
    expect(technologies[1]?.matched).toBe('https://cdn.jsdelivr.net/npm/@emailjs/browser@4/dist/email.min.js');
  });

  it('reads the technology of applecottage/index.html and the contact data of primeguard/contact.html', () => {
    const cottage = findTechnologies([recorded('applecottage/index.html')]);
    expect(cottage.map(({ name }) => name)).toEqual(['Google Analytics', 'A-Frame', 'Google Maps']);
    const guard = recorded('primeguard/contact.html');
    expect(values(findEmails([guard], 'primeguardsolutions.co.uk'))).toEqual(['info@primeguardsolutions.co.uk']);
    expect(values(findPhones([guard]))).toEqual(['+44 7853 580555']);
  });

  it('honours noindex of civildigital/404.html', () => {
    expect(recorded('civildigital/404.html').quotable).toBe(false);
  });
});
