import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const SOURCE = 'register_file.same_address';
/**
 * From here on an address counts as one where companies are registered in numbers. A shared building, a family's holdings
 * or a small accountant's office explain some dozens; more are the business of whoever offers the address.
 */
export const MANY_COMPANIES = 50;

/** How many other companies have the registered office, and whether they are so many that the address says little. */
export async function stateSharedAddress(draft: SectionDraft): Promise<void> {
  const answer = await draft.read(SOURCE);
  const field = 'mass_registration_address';
  if (answer.outcome === 'skipped') draft.gap(field, 'not_configured', answer.reason, [SOURCE]);
  else if (answer.outcome === 'empty') draft.gap(field, 'not_found', answer.reason, [SOURCE]);
  else if (answer.outcome !== 'ok') draft.missing(field, answer);
  else {
    const others = cite(answer, '$.office.others');
    draft.copy('same_address_companies', answer, '$.office.others');
    draft.copy('same_address_file', answer, '$.file_of', { optional: true });
    draft.computed(field, 'at_least', [others], { until: String(MANY_COMPANIES) });
  }
}
