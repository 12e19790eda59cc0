import { BOARD_PROVIDER_IDS, BOARD_PROVIDERS, type BoardProviderId } from './providers';

/** What a page of the company shows of the world outside: everything that is needed to find its job boards. */
export type LinkingPage = {
  url: string;
  /** Absolute addresses of links. */
  links: readonly string[];
  /** Absolute addresses of scripts and frames: boards are often embedded. */
  embeds: readonly string[];
  /** JSON-LD blocks of the page that hold job postings, parsed. */
  job_json_ld: readonly unknown[];
};

/** A board that a page of the company leads to. */
export type LinkedBoard = {
  provider: BoardProviderId;
  token: string;
  /** The company's page that leads to it; one about work there, where there is one. */
  page: string;
  /** Whether that page is about working for the company. */
  fromCareers: boolean;
};

const CAREERS =
  /\b(careers?|jobs?|vacanc(y|ies)|join(-us)?|work-(for|with)-us|working-(here|at)|recruitment|opportunities|hiring)\b/i;
/** Careers sites of Teamtailor on a host of the company's own load their parts from these. */
const TEAMTAILOR_PARTS = /(^|\.)teamtailor-cdn\.com$|^scripts\.teamtailor\./;

/** Every job board that the pages of a company lead to, in the order in which they were met. */
export function findBoards(pages: readonly LinkingPage[]): LinkedBoard[] {
  const boards = new Map<string, LinkedBoard>();
  for (const page of pages) {
    const fromCareers = isCareersPage(page.url);
    for (const { provider, token } of boardsOn(page)) {
      const key = `${provider}:${token.toLowerCase()}`;
      const known = boards.get(key);
      if (known === undefined) boards.set(key, { provider, token, page: page.url, fromCareers });
      else if (fromCareers && !known.fromCareers) boards.set(key, { ...known, page: page.url, fromCareers });
    }
  }
  return [...boards.values()];
}

/** Whether the address of a page says that it is about working for its owner. */
export function isCareersPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  return CAREERS.test(hostname.split('.')[0] ?? '') || CAREERS.test(pathname.replaceAll('_', '-'));
}

type Found = { provider: BoardProviderId; token: string };

function boardsOn(page: LinkingPage): Found[] {
  const found = [...page.links, ...page.embeds].flatMap((address) => boardAt(address) ?? []);
  const isTeamtailor = page.embeds.some(
    (address) => URL.canParse(address) && TEAMTAILOR_PARTS.test(new URL(address).hostname),
  );
  if (isTeamtailor && URL.canParse(page.url)) found.push({ provider: 'teamtailor', token: new URL(page.url).hostname });
  return found;
}

function boardAt(address: string): Found | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return null;
  for (const provider of BOARD_PROVIDER_IDS) {
    const token = BOARD_PROVIDERS[provider].tokenIn(url);
    if (token !== null) return { provider, token };
  }
  return null;
}
