import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRelatedName, isSameName, siteName } from '@/lib/sources/job-boards/company-name';
import { type BoardAdvert, mergeRoles } from '@/lib/sources/job-boards/merge-roles';
import { findPostings } from '@/lib/sources/job-boards/postings';
import { BOARD_PROVIDERS } from '@/lib/sources/job-boards/providers';
import { findTools } from '@/lib/sources/job-boards/tools';
import { toolsOfRoles } from '@/lib/sources/job-boards/tools-of-roles';
import { hasSharedData, sharedData } from '../../../support/shared-data';

let next = 0;
function advert(title: string, place: string, more: Partial<BoardAdvert> = {}): BoardAdvert {
  next += 1;
  return {
    vacancy: `v${next}`,
    title,
    department: 'Sales',
    locations: [place],
    remote: null,
    firstPublished: '2026-11-01',
    url: `https://jobs.example/${next}`,
    text: '',
    board: 0,
    ...more,
  };
}

describe('roles', () => {
  it('are one where the same job is advertised for several places, dated by the earliest', () => {
    const roles = mergeRoles([
      advert('Account Executive', 'Leeds', { firstPublished: '2026-11-05' }),
      advert('Account  executive', 'York', { firstPublished: '2026-10-20' }),
    ]);
    expect(roles).toMatchObject([{ locations: ['Leeds', 'York'], firstPublished: '2026-10-20', adverts: 2 }]);
  });

  it('are one where only the place at the end of the title differs', () => {
    const roles = mergeRoles([
      advert('Account Executive (Leeds)', 'Leeds, England'),
      advert('Account Executive - York', 'York'),
      advert('Account Executive, Hull', 'Hull, UK'),
    ]);
    expect(roles).toHaveLength(1);
  });

  it('stay apart where title or department differ', () => {
    expect(
      mergeRoles([
        advert('Account Executive - Enterprise', 'Leeds'),
        advert('Account Executive - Retail', 'Leeds'),
        advert('Account Executive - Retail', 'Leeds', { department: 'Partners' }),
      ]),
    ).toHaveLength(3);
  });

  it('are one where the board gives both the same key', () => {
    expect(
      mergeRoles([advert('Buyer', 'Leeds', { vacancy: 'x' }), advert('Buyer (m/f)', 'York', { vacancy: 'x' })]),
    ).toHaveLength(1);
    expect(
      mergeRoles([advert('Buyer', 'Leeds', { vacancy: 'x' }), advert('Cook', 'York', { vacancy: 'x', board: 1 })]),
    ).toHaveLength(2);
  });

  it.skipIf(!hasSharedData)('are one in the real Workable answer that lists a job for two countries', async () => {
    const answer = JSON.parse(readFileSync(sharedData('jobs', 'omoji-personal', 'workable.json'), 'utf8'));
    const reading = await BOARD_PROVIDERS.workable.read(async () => answer, 'zaelab');
    const roles = mergeRoles((reading?.adverts ?? []).map((entry) => ({ ...entry, board: 0 })));
    expect(roles).toMatchObject([{ locations: ['Spain', 'Portugal'], adverts: 2, firstPublished: '2026-08-05' }]);
  });
});

describe('names of companies and boards', () => {
  it.each([
    ['Amplitude ', 'AMPLITUDE LIMITED'],
    ['Knight & Gayles', 'KNIGHT AND GAYLES LTD'],
    ["Smith's Café", 'SMITHS CAFE UK LTD.'],
  ])('%s is %s', (board, registered) => {
    expect(isSameName(board, registered)).toBe(true);
  });

  it('are related to the registered name or to the site, or to neither', () => {
    const company = { name: 'AMPLITUDE ANALYTICS UK LTD', host: 'www.amp-tools.co.uk' };
    expect(isRelatedName('amplitude', company)).toBe(true);
    expect(isRelatedName('amptools', company)).toBe(true);
    expect(isRelatedName('amp', company)).toBe(false);
    expect(isRelatedName('Globex', company)).toBe(false);
    expect(siteName('careers.acme-widgets.co.uk')).toBe('acme-widgets');
  });
});

describe('tools in advertisements', () => {
  it('are named with the words around them', () => {
    const [tool] = findTools('You will own our CRM. You know Salesforce well and like to teach it.');
    expect(tool).toEqual({
      name: 'Salesforce',
      quote: 'You will own our CRM. You know Salesforce well and like to teach it.',
    });
  });

  it.each([
    'You excel at talking to people and go the extra mile',
    'Excel in a team that cuts slack where needed',
    'We react swiftly in every segment of the outreach market, notion by notion',
    'Swift payments and a spark of joy',
    'asana is a yoga pose, oracle of Delphi',
  ])('are not read out of everyday words: %s', (text) => {
    expect(findTools(text)).toEqual([]);
  });

  it('are found in forms that cannot be everyday words', () => {
    const names = findTools('Golang, Java, C# and .NET; reports in Excel; Slack, and front ends in React.').map(
      ({ name }) => name,
    );
    expect([...new Set(names)].sort()).toEqual(['.NET', 'C#', 'Excel', 'Golang', 'Java', 'React', 'Slack']);
  });

  it('are not the company itself, nor what every advertisement says of the company', () => {
    const about =
      'Acme connects to HubSpot for thousands of happy shops in the whole of Europe and far beyond it today.';
    const texts = [`${about} You use Jira every day.`, `${about} You use Amplitude.`, `${about} You cook.`];
    const tools = toolsOfRoles(texts, { name: 'AMPLITUDE LTD', host: null });
    expect(tools.map((list) => list.map(({ name }) => name))).toEqual([['Jira'], [], []]);
  });

  it.skipIf(!hasSharedData)('are found in the real Ashby advertisement for a Salesforce engineer', async () => {
    const answer = JSON.parse(readFileSync(sharedData('jobs', 'ehddd3579-dot', 'ashby.json'), 'utf8'));
    const reading = await BOARD_PROVIDERS.ashby.read(async () => answer, 'ramp');
    const adverts = reading?.adverts ?? [];
    const tools = toolsOfRoles(
      adverts.map(({ text }) => text),
      { name: 'RAMP LTD', host: null },
    );
    const at = adverts.findIndex(({ title }) => title === 'GTM Systems Engineer, Salesforce');
    expect(tools[at]?.map(({ name }) => name)).toContain('Salesforce');
    for (const [index, list] of tools.entries()) {
      for (const { quote } of list) expect(adverts[index]?.text.replace(/\s+/g, ' ')).toContain(quote);
    }
  });
});

describe('JobPosting on a page', () => {
  it('is read from objects, lists and graphs, whatever shape its members have', () => {
    const postings = findPostings([
      {
        '@graph': [
          { '@type': 'Organization', name: 'Acme' },
          {
            '@type': ['JobPosting'],
            title: 'Buyer &amp; Planner',
            datePosted: '2026-11-02T09:00:00Z',
            validThrough: '2026-12-31',
            hiringOrganization: { name: 'Acme Ltd' },
            jobLocation: { '@type': 'Place', address: { addressLocality: 'Leeds', addressCountry: { name: 'GB' } } },
            identifier: { value: 17 },
            description: '&lt;p&gt;You know Xero.&lt;/p&gt;',
          },
        ],
      },
      [{ '@type': 'JobPosting', title: 'Cook', jobLocation: ['odd', { address: 'York' }], hiringOrganization: 'Acme' }],
      { '@type': 'JobPosting', title: 7 },
      'noise',
      null,
    ]);
    expect(postings).toMatchObject([
      {
        vacancy: '17',
        title: 'Buyer & Planner',
        locations: ['Leeds, GB'],
        firstPublished: '2026-11-02',
        validThrough: '2026-12-31',
        employer: 'Acme Ltd',
        text: 'You know Xero.',
      },
      { title: 'Cook', employer: 'Acme', firstPublished: null },
    ]);
  });
});
