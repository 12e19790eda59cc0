import { z } from 'zod';
import { isBoardRole } from '@/lib/companies/register/board-roles';
import { addDays } from '@/lib/companies/register/calendar';
import type { SectionDraft } from '../draft/section-draft';
import { entryPersonValue, officerValue, readValue } from '../values';

const YEAR_DAYS = 365;

/** The newest director of the past year, who looks at things afresh, else the one who has been there longest. */
export function stateEntryPerson(draft: SectionDraft): void {
  const { statement, gap } = draft.entryOf('ownership', 'officers_active');
  const people = statement === null ? [] : readValue(statement, z.array(officerValue));
  const directors = people
    .filter(({ role }) => isBoardRole(role) && !role.startsWith('corporate'))
    .sort((a, b) => String(a.appointed_on).localeCompare(String(b.appointed_on)));
  const [longest] = directors;
  const newest = directors.at(-1);
  if (statement === null || longest === undefined || newest === undefined) {
    const detail = gap?.detail ?? 'The register names no director who is a person.';
    draft.gap('entry_person', gap?.reason ?? 'not_found', detail, gap?.tried);
    return;
  }
  const isRecent = newest.appointed_on !== null && newest.appointed_on > addDays(draft.today, -YEAR_DAYS);
  const why = directors.length === 1 ? 'only' : isRecent ? 'newest' : 'longest_serving';
  const { name, display_name, role_text, appointed_on, occupation } = isRecent ? newest : longest;
  const value = entryPersonValue.parse({ name, display_name, role_text, appointed_on, occupation, why });
  draft.inferred('entry_person', value, [statement]);
}
