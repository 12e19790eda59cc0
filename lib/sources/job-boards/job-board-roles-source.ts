import { AppError } from '@/lib/errors';
import type { SourceContext, SourceDefinition, SourceInput } from '../define-source';
import { PROVIDERS } from '../providers';
import { readOutcome } from '../read-outcome';
import { type Answer, type FetchedAnswer, readThroughCache } from '../read-through-cache';
import type { SourceOrigin, SourceOutcome } from '../source';
import type { Website } from '../website/schema';
import { type CompanySite, collectRoles } from './collect-roles';
import { type JobBoardRoles, jobBoardRolesSchema } from './schema';

export const JOB_BOARD_ROLES = 'job_boards.roles';
const HOUR_MS = 3_600_000;
const LIFETIME_MS = 6 * HOUR_MS;
/** What a board says of an open role, research 1.6: that it is advertised, not that somebody is hired. */
const RELIABILITY = 0.95;
const NO_SITE = 'No web site is proved to be the company’s own, so nothing leads to its job board.';
const NO_BOARD =
  'The company’s web site leads to no job board that we can read, and publishes no advertisement itself.';

/**
 * The roles that a company advertises on its job boards.
 * @param websitePages the source that reads the company's own web site: boards are found through it.
 */
export function jobBoardRolesSource(websitePages: SourceDefinition<Website>): SourceDefinition<JobBoardRoles> {
  return {
    id: JOB_BOARD_ROLES,
    async read(ctx, input) {
      return readOutcome(ctx, JOB_BOARD_ROLES, null, async () => {
        const answer = await readThroughCache(ctx, {
          key: cacheKey(ctx, input),
          source: JOB_BOARD_ROLES,
          lifetimeMs: LIFETIME_MS,
          parse: (body) => jobBoardRolesSchema.safeParse(JSON.parse(body)).data ?? null,
          fetch: () => fetchRoles(ctx, input, websitePages),
        });
        return toOutcome(answer, ctx.now().toISOString());
      });
    },
  };
}

/** Another web site may lead to other boards, and a stand-in's answers are never taken for those of the boards. */
function cacheKey(ctx: SourceContext, { companyNumber, website }: SourceInput): string {
  return `${JOB_BOARD_ROLES}:${companyNumber}:${website ?? ''}@${ctx.provider('greenhouse').origin}`;
}

async function fetchRoles(
  ctx: SourceContext,
  input: SourceInput,
  websitePages: SourceDefinition<Website>,
): Promise<FetchedAnswer<JobBoardRoles>> {
  const website = await websitePages.read(ctx, input);
  const { document, sha256 } = await collectRoles(ctx, input.companyName ?? null, siteOf(website));
  if (document.boards.length === 0 && website.outcome === 'unavailable') {
    const detail = `The company’s web site could not be read, so no job board was found: ${website.reason}`;
    throw new AppError(website.code, { detail });
  }
  return { outcome: 'ok', data: document, body: JSON.stringify(document), etag: null, sha256 };
}

/** Only a site that is proved to be the company's leads to its boards. */
function siteOf(website: SourceOutcome<Website>): CompanySite | null {
  if (website.outcome !== 'ok' || website.data.site === null || website.data.match === null) return null;
  const { site, match, pages } = website.data;
  return { url: site.home, host: site.host, match: match.worth, pages };
}

function toOutcome({ data, ...answer }: Answer<JobBoardRoles>, at: string): SourceOutcome<JobBoardRoles> {
  const read = data?.boards.filter(({ unread }) => unread === null) ?? [];
  const [board] = read;
  if (data === null || (board === undefined && data.site === null)) {
    return { outcome: 'skipped', source: JOB_BOARD_ROLES, reason: NO_SITE, at };
  }
  const origin: SourceOrigin = {
    source: JOB_BOARD_ROLES,
    title: board === undefined ? 'Company web site: links to job boards' : `Job board: ${board.title}`,
    url: board?.url ?? data.site ?? PROVIDERS.companies_house.page,
    sourceType: 'job_board',
    retrievedAt: answer.retrievedAt,
    publishedAt: null,
    sha256: answer.sha256,
    reliability: RELIABILITY,
    stale: answer.stale,
  };
  return board === undefined ? { outcome: 'empty', origin, reason: NO_BOARD } : { outcome: 'ok', data, origin };
}
