import { describe, expect, it } from 'vitest';
import { findBoards, type LinkingPage } from '@/lib/sources/job-boards/find-boards';

function pageWith(links: string[], url = 'https://acme.example/', embeds: string[] = []): LinkingPage {
  return { url, links, embeds, job_json_ld: [] };
}

const BOARDS = [
  ['https://boards.greenhouse.io/acme', 'greenhouse', 'acme'],
  ['https://job-boards.greenhouse.io/acme/jobs/8636903002', 'greenhouse', 'acme'],
  ['https://job-boards.eu.greenhouse.io/acme', 'greenhouse', 'acme'],
  ['https://boards.greenhouse.io/embed/job_board/js?for=acme', 'greenhouse', 'acme'],
  ['https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true', 'greenhouse', 'acme'],
  ['https://jobs.lever.co/acme/d6d4ddcc-1d05-433f-8777-e803665e219a/apply', 'lever', 'acme'],
  ['https://jobs.eu.lever.co/acme', 'lever_eu', 'acme'],
  ['https://jobs.ashbyhq.com/Acme%20Widgets', 'ashby', 'Acme Widgets'],
  ['https://apply.workable.com/acme/j/DD136DD7E7/', 'workable', 'acme'],
  ['https://acme.workable.com/', 'workable', 'acme'],
  ['https://acme.recruitee.com/o/buyer', 'recruitee', 'acme'],
  ['https://careers.smartrecruiters.com/AcmeLtd', 'smartrecruiters', 'AcmeLtd'],
  ['https://jobs.smartrecruiters.com/AcmeLtd/743999671674844-buyer', 'smartrecruiters', 'AcmeLtd'],
  ['https://acme.teamtailor.com/jobs/7167985-buyer', 'teamtailor', 'acme.teamtailor.com'],
  ['https://acme.na.teamtailor.com/', 'teamtailor', 'acme.na.teamtailor.com'],
] as const;

const NO_BOARDS = [
  'https://www.greenhouse.io/',
  'https://boards.greenhouse.io/embed/job_board',
  'https://greenhouse.io.evil.example/acme',
  'https://notgreenhouse.io/acme',
  'https://www.lever.co/acme',
  'https://jobs.lever.co/',
  'https://apply.workable.com/j/DD136DD7E7',
  'https://www.workable.com/acme',
  'https://www.recruitee.com/acme',
  'https://www.teamtailor.com/en/',
  'mailto:jobs@acme.example',
  'javascript:void(0)',
  'https://jobs.lever.co/%E0%A4%A',
  'https://jobs.lever.co/..%2F..%2Fadmin',
];

describe('boards that pages lead to', () => {
  it.each(BOARDS)('%s is a board', (address, provider, token) => {
    expect(findBoards([pageWith([address])])).toMatchObject([{ provider, token }]);
  });

  it.each(NO_BOARDS)('%s is none', (address) => {
    expect(findBoards([pageWith([address])])).toEqual([]);
  });

  it('are found in frames and scripts too', () => {
    const page = pageWith([], 'https://acme.example/jobs', [
      'https://boards.greenhouse.io/embed/job_board/js?for=acme',
    ]);
    expect(findBoards([page])).toEqual([
      { provider: 'greenhouse', token: 'acme', page: 'https://acme.example/jobs', fromCareers: true },
    ]);
  });

  it('are the careers site itself where it is made with Teamtailor', () => {
    const page = pageWith([], 'https://careers.acme.example/', ['https://assets-aws.teamtailor-cdn.com/assets/app.js']);
    expect(findBoards([page])).toMatchObject([
      { provider: 'teamtailor', token: 'careers.acme.example', fromCareers: true },
    ]);
  });

  it('are named once, with the careers page as the one that leads there', () => {
    const pages = [
      pageWith(['https://jobs.lever.co/acme/1', 'https://jobs.lever.co/ACME/2']),
      pageWith(['https://jobs.lever.co/acme'], 'https://acme.example/about/work-with-us'),
    ];
    expect(findBoards(pages)).toEqual([
      { provider: 'lever', token: 'acme', page: 'https://acme.example/about/work-with-us', fromCareers: true },
    ]);
  });
});
