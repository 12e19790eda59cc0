import { expect, test } from 'vitest';
import { findOrganisations } from '@/lib/sources/website/organisations';
import { parsePage } from '@/lib/sources/website/parse-page';
import { findPeople } from '@/lib/sources/website/people';

function peopleOn(html: string, path = '/about', headers = new Headers()) {
  const url = `https://www.specimen.example${path}`;
  const page = parsePage({
    url,
    status: 200,
    contentType: 'text/html',
    html,
    headers,
    retrievedAt: '2026-11-30T09:00:00.000Z',
    sha256: 'a',
  });
  if (page === null) throw new Error('no page');
  const organisations = findOrganisations(page.jsonLd, 0, () => true);
  return findPeople([{ ...page, organisations }]).map(({ name, role, found_in: foundIn }) => [name, role, foundIn]);
}
const jsonLd = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script><p>Hello</p>`;
const COMPANY = { '@type': 'Organization', name: 'Specimen Works' };

test('people are taken whom the company names as its own in JSON-LD, with nothing but name and title', () => {
  const html = jsonLd({
    '@graph': [
      {
        ...COMPANY,
        founder: { '@type': 'Person', name: 'Ada Sample', email: 'ada@specimen.example' },
        employee: [
          { '@type': 'Person', name: 'Ben Sample', jobTitle: 'Head of Works', telephone: '01632 960000' },
          { '@type': 'Person', name: 'Cy Sample' },
        ],
      },
      { '@type': 'Person', name: 'Di Sample', jobTitle: 'Buyer', worksFor: { name: 'Specimen Works Ltd' } },
      { '@type': 'Person', name: 'Ed Sample', jobTitle: 'Buyer', worksFor: { ...COMPANY, name: 'Specimen Works' } },
      { '@type': 'Person', name: 'Guest Writer', jobTitle: 'Journalist' },
      { '@type': 'Review', author: { '@type': 'Person', name: 'Happy Customer', jobTitle: 'Manager' } },
    ],
  });
  expect(peopleOn(html)).toEqual([
    ['Ada Sample', 'founder', 'json_ld'],
    ['Ben Sample', 'Head of Works', 'json_ld'],
    ['Ed Sample', 'Buyer', 'json_ld'],
  ]);
});

const CARD = `<div itemscope itemtype="https://schema.org/Person"><b itemprop="name">Fay Sample</b>
  <i itemprop="jobTitle">Finance Director</i><a itemprop="email">fay@specimen.example</a></div>`;

test('people are taken from microdata of a team page, not from articles or other pages', () => {
  expect(peopleOn(CARD, '/our-team')).toEqual([['Fay Sample', 'Finance Director', 'microdata']]);
  expect(peopleOn(CARD, '/news/interview')).toEqual([]);
  expect(peopleOn(`<article itemscope itemtype="https://schema.org/Article">${CARD}</article>`, '/team')).toEqual([]);
});

test('nothing is taken from a page that asks not to be quoted, and nothing that is no name', () => {
  expect(peopleOn(CARD, '/team', new Headers({ 'x-robots-tag': 'noindex' }))).toEqual([]);
  const html = jsonLd({ ...COMPANY, employee: { '@type': 'Person', name: 'sales team', jobTitle: 'Sales' } });
  expect(peopleOn(html)).toEqual([]);
});
