import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BOARD_PROVIDERS, type BoardProviderId } from '@/lib/sources/job-boards/providers';
import { hasSharedData, sharedData } from '../../../support/shared-data';

/** Reads a board whose every page is the same recorded file, as a stand-in that ignores the query would answer. */
async function readFile(provider: BoardProviderId, ...file: string[]) {
  const asked: string[] = [];
  const answer = JSON.parse(readFileSync(sharedData('jobs', ...file), 'utf8'));
  const reading = await BOARD_PROVIDERS[provider].read(async (path) => {
    asked.push(path);
    return answer;
  }, 'acme');
  if (reading === null) throw new Error('no board');
  return { ...reading, asked };
}

describe.skipIf(!hasSharedData)('the real answers of job boards', () => {
  it('dates Greenhouse roles by their first publication, not by the last touch', async () => {
    const { companyName, adverts, asked } = await readFile('greenhouse', 'omoji-personal', 'greenhouse.json');
    expect(asked).toEqual(['/v1/boards/acme/jobs?content=true']);
    expect(companyName).toBe('Amplitude');
    expect(adverts).toMatchObject([
      {
        vacancy: '6446232002',
        title: 'Customer Data Scientist - Experimentation',
        department: 'Solutions Consulting',
        locations: ['London, UK'],
        firstPublished: '2026-07-16',
        url: 'https://job-boards.greenhouse.io/amplitude/jobs/8636903002',
      },
      { vacancy: '6453494002', firstPublished: '2026-07-27', locations: ['Bangalore, India'] },
    ]);
    expect(adverts[0]?.text).toMatch(/^Amplitude/);
    expect(adverts[0]?.text).not.toMatch(/&lt;|<div/);
  });

  it('splits the places that Greenhouse writes into one field', async () => {
    const { adverts } = await readFile('greenhouse', 'lalalune', 'greenhouse.json');
    expect(adverts).toHaveLength(4);
    expect(adverts[0]?.locations).toEqual(['San Francisco, CA', 'New York City, NY', 'Seattle, WA']);
    expect(adverts[1]?.locations).toContain('London, UK');
    expect(adverts.map(({ firstPublished }) => firstPublished)).toContain('2025-12-11');
  });

  it('reads the three recorded single advertisements of Greenhouse', async () => {
    const files = ['anthropic-5101378008', 'coinbase-7822885', 'discord-8485797002'];
    const jobs = files.map((name) => JSON.parse(readFileSync(sharedData('jobs', 's0shaheen', `${name}.json`), 'utf8')));
    const reading = await BOARD_PROVIDERS.greenhouse.read(async () => ({ jobs }), 'acme');
    expect(reading?.adverts.map(({ firstPublished }) => firstPublished)).toEqual([
      '2026-04-07',
      '2026-04-17',
      '2026-07-17',
    ]);
    expect(reading?.adverts[1]).toMatchObject({ department: 'Finance & Accounting', remote: true });
  });

  it('dates Lever roles by the day they were created, however old, and asks no page twice', async () => {
    const { adverts, asked } = await readFile('lever', 'omoji-personal', 'lever.json');
    expect(asked).toEqual(['/v0/postings/acme?mode=json&skip=0&limit=100']);
    expect(adverts.map(({ firstPublished }) => firstPublished)).toEqual(['2025-11-27', '2023-01-29']);
    expect(adverts[0]).toMatchObject({ department: 'Services Team', locations: ['Chicago, IL'], remote: true });
    expect(adverts[0]?.text).toContain('requirements gatheri');
    const other = await readFile('lever_eu', 'lalalune', 'lever.json');
    expect(other.adverts.map(({ title }) => title)).toContain('Senior Software Engineer — XCore (Europe)');
  });

  it('gives Ashby roles all their places', async () => {
    const { adverts } = await readFile('ashby', 'ehddd3579-dot', 'ashby.json');
    expect(adverts).toHaveLength(6);
    expect(adverts[0]).toMatchObject({
      title: 'Security Engineer, Cloud',
      department: 'Engineering',
      firstPublished: '2026-04-07',
      remote: true,
    });
    expect(adverts[0]?.locations).toEqual(
      expect.arrayContaining(['New York, NY (HQ)', 'Remote (Canada)', 'Remote (US)']),
    );
    expect((await readFile('ashby', 'lalalune', 'ashby.json')).adverts.length).toBeGreaterThan(1);
    expect((await readFile('ashby', 'omoji-personal', 'ashby.json')).adverts).toMatchObject([
      { title: 'Senior Technical Recruiter', firstPublished: '2026-04-20' },
      { title: 'Senior Site Reliability Engineer', firstPublished: '2026-07-08' },
    ]);
  });

  it('dates Workable roles by their publication, not by the draft', async () => {
    const { companyName, adverts } = await readFile('workable', 'omoji-personal', 'workable.json');
    expect(companyName).toBe('Zaelab');
    expect(adverts.map(({ firstPublished, locations }) => [firstPublished, locations])).toEqual([
      ['2026-08-05', ['Spain']],
      ['2026-08-05', ['Portugal']],
    ]);
  });

  it('reads the dates that Recruitee writes with a space', async () => {
    const { companyName, adverts } = await readFile('recruitee', 'omoji-personal', 'recruitee.json');
    expect(companyName).toBe('Acme');
    expect(adverts).toMatchObject([
      { department: 'Finance', locations: ['Berlin, Germany'], firstPublished: '2026-08-05', remote: false },
      { department: 'Sales', firstPublished: '2026-07-31' },
    ]);
  });

  it('takes what SmartRecruiters lists and names the page that people open', async () => {
    const { companyName, adverts, asked } = await readFile('smartrecruiters', 'omoji-personal', 'smartrecruiters.json');
    expect(asked).toHaveLength(1);
    expect(companyName).toBe('Knight Gayles');
    expect(adverts).toMatchObject([
      {
        department: 'Health Care Provider',
        locations: ['St. Louis, MO, United States'],
        firstPublished: '2018-06-08',
        url: 'https://jobs.smartrecruiters.com/Knight/743999671674844',
      },
    ]);
  });

  it('takes places from the JobPosting inside a Teamtailor feed', async () => {
    const { adverts } = await readFile('teamtailor', 'omoji-personal', 'teamtailor.json');
    expect(adverts).toMatchObject([
      { title: 'Account Executive - Italy (Madrid based)', firstPublished: '2026-02-04' },
      { title: 'Mid-Market Account Executive - Copenhagen', firstPublished: '2026-01-18' },
    ]);
    expect(adverts[0]?.locations).toEqual(['Madrid, Europe, ES']);
    expect(adverts[1]?.locations).toEqual(['Stockholm, Sweden, SE', 'København, Europe, DK']);
  });
});

describe('answers that are not as expected', () => {
  it('leave out an odd advertisement and keep the others', async () => {
    const answer = { jobs: [{ id: 1, title: 'Buyer' }, { id: 2, title: null }, 'noise', { title: 'No id' }] };
    const reading = await BOARD_PROVIDERS.greenhouse.read(async () => answer, 'acme');
    expect(reading?.adverts.map(({ title }) => title)).toEqual(['Buyer']);
    expect(reading?.adverts[0]).toMatchObject({ department: null, locations: [], firstPublished: null, url: null });
  });

  it('are a broken contract when the list itself is missing', async () => {
    for (const provider of Object.values(BOARD_PROVIDERS)) {
      await expect(provider.read(async () => ({ message: 'hello' }), 'acme')).rejects.toMatchObject({
        code: 'provider_contract',
      });
    }
  });

  it('are no board where the provider knows none', async () => {
    for (const provider of Object.values(BOARD_PROVIDERS)) {
      expect(await provider.read(async () => null, 'acme')).toBeNull();
    }
  });

  it('do not show roles that Ashby does not list or that Recruitee has closed', async () => {
    const jobs = [
      { id: 'a', title: 'Open', isListed: true },
      { id: 'b', title: 'Hidden', isListed: false },
    ];
    expect((await BOARD_PROVIDERS.ashby.read(async () => ({ jobs }), 'acme'))?.adverts).toHaveLength(1);
    const offers = [
      { id: 1, title: 'Open', status: 'published' },
      { id: 2, title: 'Gone', status: 'archived' },
    ];
    expect((await BOARD_PROVIDERS.recruitee.read(async () => ({ offers }), 'acme'))?.adverts).toHaveLength(1);
  });

  it('are read page by page while a board has more', async () => {
    const all = Array.from({ length: 130 }, (_, n) => ({
      id: `p${n}`,
      text: `Role ${n}`,
      createdAt: 1_777_410_676_083,
    }));
    const reading = await BOARD_PROVIDERS.lever.read(async (path) => {
      const skip = Number(new URLSearchParams(path.split('?')[1]).get('skip'));
      return all.slice(skip, skip + 100);
    }, 'acme');
    expect(reading?.adverts).toHaveLength(130);
  });
});
