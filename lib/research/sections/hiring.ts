import type { JobBoardRoles } from '@/lib/sources/job-boards/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

type Roles = Extract<SourceOutcome<JobBoardRoles>, { outcome: 'ok' }>;

const FIELDS = ['open_roles', 'tools_in_job_ads'];
/** The newest roles stand for the others; the counts cover all. */
const LISTED_ROLES = 10;
const LISTED_COUNTS = 12;
const ROLE_MEMBERS = ['title', 'department', 'locations', 'first_published'];
const COUNT_MEMBERS = ['name', 'roles'];

/** Open roles and the tools that their advertisements name, from the company's job boards; else why they are not known. */
export async function collectHiring(draft: SectionDraft): Promise<void> {
  const roles = await draft.read('job_boards.roles');
  if (roles.outcome !== 'ok') {
    for (const field of FIELDS) missing(draft, field, roles);
    return;
  }
  stateBoards(draft, roles);
  draft.state({
    field: 'open_roles',
    value: roles.data.total,
    unit: 'roles',
    method: 'copied',
    citations: [citeRoles(roles, '$.total')],
  });
  if (roles.data.total > 0) stateRoles(draft, roles);
  stateTools(draft, roles);
}

/** That nobody knows a board is no failure of a source, so it is told as what it is: nothing found. */
function missing(draft: SectionDraft, field: string, roles: Exclude<SourceOutcome<JobBoardRoles>, Roles>): void {
  if (roles.outcome === 'unavailable') draft.missing(field, roles);
  else draft.gap(field, 'not_found', roles.reason, ['job_boards.roles']);
}

/** Each piece of evidence names the board it is from, and how surely that is the company's. */
function citeRoles(roles: Roles, path: string, board = mainBoard(roles), members: readonly string[] = []) {
  return cite(roles, path, {
    basis: 'jobs',
    members,
    match: board?.proof.match,
    ...(board !== undefined && { url: board.url }),
  });
}

function mainBoard({ data }: Roles) {
  return data.boards.find(({ unread }) => unread === null);
}

function stateBoards(draft: SectionDraft, roles: Roles): void {
  const boards = roles.data.boards.map((board, index) => ({ board, index }));
  const read = boards.filter(({ board }) => board.unread === null);
  draft.state({
    field: 'job_boards',
    value: read.map(({ board }) => board.title),
    method: 'parsed',
    citations: read.map(({ board, index }) => citeRoles(roles, `$.boards[${index}]`, board, ['title', 'company_name'])),
    extra: true,
  });
  const unread = boards.filter(({ board }) => board.unread !== null);
  if (unread.length === 0) return;
  const details = unread.map(({ board }) => `The job board with ${board.title} could not be read: ${board.unread}.`);
  draft.gap('other_job_boards', 'source_failed', details.join(' '), ['job_boards.roles']);
}

function stateRoles(draft: SectionDraft, roles: Roles): void {
  const newest = roles.data.roles.slice(0, LISTED_ROLES);
  draft.state({
    field: 'open_role_list',
    value: newest.map(({ title, department, locations, first_published }) => ({
      title,
      department,
      locations,
      first_published,
    })),
    method: 'parsed',
    citations: newest.map(({ board }, index) =>
      citeRoles(roles, `$.roles[${index}]`, roles.data.boards[board], ROLE_MEMBERS),
    ),
    extra: true,
  });
  stateCounts(draft, roles, 'open_roles_by_department', 'departments');
  stateCounts(draft, roles, 'open_roles_by_location', 'locations');
}

function stateCounts(draft: SectionDraft, roles: Roles, field: string, member: 'departments' | 'locations'): void {
  const counts = roles.data[member].slice(0, LISTED_COUNTS);
  if (counts.length === 0) return;
  draft.state({
    field,
    value: counts,
    method: 'parsed',
    citations: counts.map((_, index) => citeRoles(roles, `$.${member}[${index}]`, undefined, COUNT_MEMBERS)),
    extra: true,
  });
}

/** Tools with the number of roles that name them; the words of one advertisement stand as evidence for each. */
function stateTools(draft: SectionDraft, roles: Roles): void {
  const { tools, total, described } = roles.data;
  if (tools.length === 0) {
    if (total === 0) draft.gap('tools_in_job_ads', 'not_applicable', 'No role is advertised.', ['job_boards.roles']);
    else if (described === 0) {
      draft.gap('tools_in_job_ads', 'not_disclosed', 'The job board’s list does not hold the text of advertisements.', [
        'job_boards.roles',
      ]);
    } else draft.gap('tools_in_job_ads', 'not_found', 'No advertisement names a known tool.', ['job_boards.roles']);
    return;
  }
  const told = tools.slice(0, LISTED_COUNTS);
  draft.state({
    field: 'tools_in_job_ads',
    value: told,
    method: 'parsed',
    citations: told.flatMap(({ name }, index) => [
      citeRoles(roles, `$.tools[${index}]`, undefined, COUNT_MEMBERS),
      ...quotation(roles, name),
    ]),
  });
}

function quotation(roles: Roles, name: string) {
  const role = roles.data.roles.findIndex(({ tools }) => tools.some((tool) => tool.name === name));
  const found = roles.data.roles[role];
  if (found === undefined) return [];
  const tool = found.tools.findIndex((entry) => entry.name === name);
  return [citeRoles(roles, `$.roles[${role}].tools[${tool}]`, roles.data.boards[found.board], ['name', 'quote'])];
}
