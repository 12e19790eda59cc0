import { officerRoleText } from '@/lib/companies/enumerations/register-text';
import { ENDED_STATUSES, isBoardRole } from '@/lib/companies/register/board-roles';
import { addDays, toDay } from '@/lib/companies/register/calendar';
import { presentOfficerName } from '@/lib/companies/register/officer-name';
import type { Officer, OfficerList } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import { writeOwnership } from '../writer/ownership';
import { NAMED_IN_FULL } from '../writer/phrases';
import { stateControl } from './ownership-control';
import { stateGroup } from './ownership-group';
import { statePeople } from './ownership-people';
import type { SectionDefinition } from './section-definition';

type Placed = { officer: Officer; index: number };
type BoardChange = { placed: Placed; change: 'appointed' | 'left'; date: string };
type Officers = Extract<SourceOutcome<OfficerList>, { outcome: 'ok' }>;

const YEAR_DAYS = 365;
/** Birth dates, nationality and addresses stand beside these and are never taken. */
const SHOWN = ['name', 'officer_role', 'appointed_on', 'appointed_before', 'resigned_on', 'occupation'];

export const ownership: SectionDefinition = {
  id: 'ownership',
  title: 'Ownership, group and leadership',
  weight: 0.13,
  label: 'Reading who owns and runs the company',
  required: ['psc', 'officers_active'],
  write: writeOwnership,
  async collect(draft) {
    await stateControl(draft);
    const officers = await draft.read('companies_house.officers');
    if (officers.outcome === 'ok') stateOfficers(draft, officers);
    else for (const field of ['officers_active', 'board_changes_12m']) draft.missing(field, officers);
    await stateGroup(draft);
    await statePeople(draft);
  },
};

function stateOfficers(draft: SectionDraft, officers: Officers): void {
  const all = officers.data.items.map((officer, index) => ({ officer, index }));
  const inOffice = hasEnded(draft) ? [] : all.filter(({ officer }) => !officer.resigned_on);
  const directors = inOffice.filter(({ officer }) => isBoardRole(officer.officer_role));
  const whole = cite(officers, '$.items');
  const at = ({ index }: Placed) => cite(officers, `$.items[${index}]`, { members: SHOWN });
  draft.state({
    field: 'officers_active',
    value: inOffice.map(({ officer }) => toOfficer(officer)),
    method: 'parsed',
    citations: inOffice.length > 0 ? inOffice.map(at) : [whole],
  });
  draft.computed('officers_active_count', 'count', inOffice.map(at), { unit: 'officers', context: [whole] });
  draft.computed('directors_active_count', 'count', directors.map(at), { unit: 'directors', context: [whole] });
  for (const { officer, index } of toldOfficers(inOffice)) {
    draft.state({
      field: 'officer',
      value: toOfficer(officer),
      method: 'parsed',
      citations: [at({ officer, index })],
      extra: true,
    });
  }
  stateTenure(draft, officers, directors);
  stateBoardChanges(draft, officers, all);
}

/** Those whom sentences name, each to be cited alone: a small board, else its newest and longest-serving, and some others. */
function toldOfficers(inOffice: readonly Placed[]): Placed[] {
  const directors = inOffice.filter(({ officer }) => isBoardRole(officer.officer_role));
  const others = inOffice.filter(({ officer }) => !isBoardRole(officer.officer_role));
  const [longest, ...rest] = byAppointment(directors);
  const told = directors.length <= NAMED_IN_FULL ? directors : [longest, rest.at(-1)];
  return [...told.flatMap((placed) => placed ?? []), ...others.slice(0, NAMED_IN_FULL)];
}

function byAppointment(placed: readonly Placed[]): Placed[] {
  return placed
    .filter(({ officer }) => toDay(officer.appointed_on) !== null)
    .sort((a, b) => String(a.officer.appointed_on).localeCompare(String(b.officer.appointed_on)));
}

/** How long the longest-serving director has been in office. */
function stateTenure(draft: SectionDraft, officers: Officers, directors: readonly Placed[]): void {
  const [longest] = byAppointment(directors);
  if (longest === undefined) return;
  const appointed = cite(officers, `$.items[${longest.index}].appointed_on`);
  draft.computed('longest_tenure', 'full_years', [appointed], { until: draft.today, unit: 'years' });
}

/** Directors who joined or left within the past year, newest first. */
function stateBoardChanges(draft: SectionDraft, officers: Officers, all: readonly Placed[]): void {
  const from = addDays(draft.today, -YEAR_DAYS);
  const changes = all
    .filter(({ officer }) => isBoardRole(officer.officer_role))
    .flatMap((placed) => [
      { placed, change: 'appointed' as const, date: toDay(placed.officer.appointed_on) },
      { placed, change: 'left' as const, date: toDay(placed.officer.resigned_on) },
    ])
    .flatMap(({ placed, change, date }) =>
      date !== null && date > from && date <= draft.today ? [{ placed, change, date }] : [],
    )
    .sort((a, b) => b.date.localeCompare(a.date) || a.placed.index - b.placed.index);
  const citations = changes.map(({ placed, change }) =>
    cite(officers, `$.items[${placed.index}].${change === 'appointed' ? 'appointed_on' : 'resigned_on'}`),
  );
  const person = ({ placed }: BoardChange) => cite(officers, `$.items[${placed.index}]`, { members: SHOWN });
  const whole = cite(officers, '$.items');
  draft.state({
    field: 'board_changes_12m',
    value: changes.map(toBoardChange),
    method: 'parsed',
    citations: changes.length > 0 ? changes.map(person) : [whole],
  });
  for (const change of changes.slice(0, NAMED_IN_FULL)) {
    const value = toBoardChange(change);
    draft.state({ field: 'board_change', value, method: 'parsed', citations: [person(change)], extra: true });
  }
  draft.computed('board_changes_12m_count', 'count', citations, { unit: 'changes', context: [whole] });
}

function toBoardChange({ placed: { officer }, change, date }: BoardChange) {
  return {
    name: officer.name,
    display_name: presentOfficerName(officer.name),
    role_text: officerRoleText(officer.officer_role),
    change,
    date,
  };
}

/** The register keeps the last officers of a company that has ended, without a date on which they left. */
function hasEnded(draft: SectionDraft): boolean {
  return ENDED_STATUSES.includes(String(draft.entryOf('identity', 'status').statement?.value));
}

function toOfficer(officer: Officer) {
  return {
    name: officer.name,
    display_name: presentOfficerName(officer.name),
    role: officer.officer_role,
    role_text: officerRoleText(officer.officer_role),
    appointed_on: toDay(officer.appointed_on),
    occupation: officer.occupation ?? null,
  };
}
