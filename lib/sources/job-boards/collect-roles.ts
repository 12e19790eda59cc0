import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import { isReported } from '../read-outcome';
import { isRelatedName, type KnownCompany } from './company-name';
import { findBoards, isCareersPage, type LinkedBoard, type LinkingPage } from './find-boards';
import { guessBoard } from './guess-board';
import { findPostings } from './postings';
import { BOARD_PROVIDERS } from './providers';
import { readBoard } from './read-board';
import type { BoardProof, JobBoardRoles } from './schema';
import { type ReadBoard, toDocument } from './to-document';

/** The company's own web site, as far as it was read. */
export type CompanySite = {
  /** The page to cite for the site as a whole. */
  url: string;
  host: string;
  /** 0 to 1: how surely the site is the company's. */
  match: number;
  pages: readonly LinkingPage[];
};

/** A site that leads to more boards than this shows those of others, such as the companies it invests in. */
const MOST_BOARDS = 3;
/** A board with a name of its own that the company's careers page leads to: a trading name, or somebody else's. */
const UNRELATED_MATCH = 0.6;
/**
 * Everything that the company's job boards advertise: boards that its pages lead to, else what its own pages publish,
 * else a board that is found by name and states that name.
 * @param name as the company is registered.
 * @throws AppError of a board when boards are known and none could be read, and the reason of the job's signal.
 */
export async function collectRoles(
  ctx: SourceContext,
  name: string | null,
  site: CompanySite | null,
): Promise<{ document: JobBoardRoles; sha256: string }> {
  const company: KnownCompany = { name, host: site?.host ?? null };
  const linked = site === null ? [] : chosenBoards(findBoards(site.pages), company);
  const read: ReadBoard[] = [];
  const failures: unknown[] = [];
  for (const board of linked) {
    const result = await readLinked(ctx, board, company, site?.match ?? 1, failures);
    if (result !== null) read.push(result);
  }
  const isRead = () => read.some(({ board }) => board.unread === null);
  if (!isRead() && site !== null) read.push(...ownPostings(site, company, ctx.now()));
  if (!isRead() && failures.length > 0) throw failures[0];
  if (read.length === 0 && name !== null) {
    const guessed = await guessBoard(ctx, name, company.host);
    if (guessed !== null) read.push(guessed);
  }
  return {
    document: toDocument(read, site?.url ?? null, company),
    sha256: sha256(read.map(({ board }) => board.sha256 ?? '').join('\n')),
  };
}

/** Of many boards only those that bear the company's name can be its own. */
function chosenBoards(boards: readonly LinkedBoard[], company: KnownCompany): LinkedBoard[] {
  const related = boards.filter(({ token }) => isRelatedName(token, company));
  if (related.length > 0) return related.slice(0, MOST_BOARDS);
  return boards.length > MOST_BOARDS ? [] : [...boards];
}

async function readLinked(
  ctx: SourceContext,
  linked: LinkedBoard,
  company: KnownCompany,
  siteMatch: number,
  failures: unknown[],
): Promise<ReadBoard | null> {
  const { provider, token, page, fromCareers } = linked;
  const { title, page: pageOf } = BOARD_PROVIDERS[provider];
  const shared = { provider, title, url: pageOf(token) };
  const proof: BoardProof = { by: 'link', page, match: siteMatch };
  try {
    const answer = await readBoard(ctx, provider, token);
    if (answer === null) return null;
    const { companyName, adverts } = answer.reading;
    const related = isRelatedName(token, company) || (companyName !== null && isRelatedName(companyName, company));
    // A link from anywhere else to a board of another name is somebody else's board.
    if (!related && !fromCareers) return null;
    const match = related ? siteMatch : Math.min(siteMatch, UNRELATED_MATCH);
    const board = { ...shared, company_name: companyName, sha256: sha256(answer.bodies), unread: null };
    return { board: { ...board, proof: { ...proof, match } }, adverts };
  } catch (error) {
    if (!(error instanceof AppError) || !isReported(error, null)) throw error;
    failures.push(error);
    return { board: { ...shared, company_name: null, proof, sha256: null, unread: error.detail }, adverts: [] };
  }
}

/** Advertisements that the company publishes on its own pages as JobPosting, as long as they are valid. */
function ownPostings(site: CompanySite, company: KnownCompany, now: Date): ReadBoard[] {
  const today = now.toISOString().slice(0, 10);
  const found = site.pages.flatMap((page) =>
    findPostings(page.job_json_ld)
      .filter(({ validThrough }) => validThrough === null || validThrough >= today)
      .filter(({ employer }) => employer === null || isRelatedName(employer, company))
      .map((posting) => ({ posting: { ...posting, url: posting.url ?? page.url }, page: page.url })),
  );
  const [first] = found;
  if (first === undefined) return [];
  const page = found.find((entry) => isCareersPage(entry.page))?.page ?? first.page;
  const employer = found.map(({ posting }) => posting.employer).find((text) => text !== null) ?? null;
  return [
    {
      board: {
        provider: 'json_ld',
        title: 'own web site',
        url: page,
        company_name: employer,
        proof: { by: 'own_page', page, match: site.match },
        sha256: sha256(JSON.stringify(found)),
        unread: null,
      },
      adverts: found.map(({ posting }) => posting),
    },
  ];
}
