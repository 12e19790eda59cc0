import { ENDED_STATUSES, isBoardRole } from '@/lib/companies/register/board-roles';
import { addDays, toDay } from '@/lib/companies/register/calendar';
import type { Officer } from '@/lib/sources/companies-house/schema';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const YEAR_DAYS = 365;
/** One who leaves is the ordinary course of things, and so are two of many. */
const LEAST_LEFT = 2;
const LEAST_SHARE = 0.5;

type Placed = { officer: Officer; index: number };

/** How many of the directors of a year ago have left, stated only where it is at least two and at least half of them. */
export async function stateTurnover(draft: SectionDraft): Promise<void> {
  const officers = await draft.read('companies_house.officers');
  const ended = ENDED_STATUSES.includes(String(draft.entryOf('identity', 'status').statement?.value));
  // A list that was cut off may lack those who left.
  if (officers.outcome !== 'ok' || ended || officers.data.truncated === true) return;
  const from = addDays(draft.today, -YEAR_DAYS);
  const before = officers.data.items
    .map((officer, index) => ({ officer, index }))
    .filter(({ officer }) => isBoardRole(officer.officer_role) && wasInOffice(officer, from));
  const left = before.filter(({ officer }) => (toDay(officer.resigned_on) ?? '9999') <= draft.today);
  if (left.length < LEAST_LEFT || left.length < before.length * LEAST_SHARE) return;
  const appointed = ({ index }: Placed) => cite(officers, `$.items[${index}].appointed_on`);
  const resigned = ({ index }: Placed) => cite(officers, `$.items[${index}].resigned_on`);
  draft.computed('directors_left_12m', 'count', left.map(resigned), { unit: 'directors' });
  draft.computed('directors_a_year_ago', 'count', before.map(appointed), { unit: 'directors' });
}

function wasInOffice({ appointed_on: on, resigned_on: until }: Officer, day: string): boolean {
  const [start, end] = [toDay(on), toDay(until)];
  return start !== null && start <= day && (end === null || end > day);
}
