import { insolvencyCaseText, insolvencyDateText } from '@/lib/companies/enumerations/register-text';
import { toDay } from '@/lib/companies/register/calendar';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const SHOWN = ['number', 'type', 'dates'];

/** Insolvency cases. The register answers "not found" for a company that has none: that is an answer too. */
export async function stateInsolvency(draft: SectionDraft): Promise<void> {
  const insolvency = await draft.read('companies_house.insolvency');
  const profile = await draft.read('companies_house.profile');
  // Without an entry for the company, "no case" says nothing about it.
  if (insolvency.outcome !== 'ok' && (insolvency.outcome !== 'empty' || profile.outcome === 'empty')) {
    draft.missing('insolvency_cases', insolvency);
    return;
  }
  const cases = insolvency.outcome === 'ok' ? insolvency.data.cases : [];
  const citations = cases.map((_, index) => cite(insolvency, `$.cases[${index}]`, { members: SHOWN }));
  const count = draft.computed('insolvency_cases', 'count', citations, {
    unit: 'cases',
    context: [cite(insolvency, '$.cases')],
  });
  if (cases.length > 0) {
    draft.state({
      field: 'insolvency_case_list',
      value: cases.map(({ type, dates }) => ({
        type,
        text: insolvencyCaseText(type),
        dates: (dates ?? []).flatMap((entry) => {
          const date = toDay(entry.date);
          return date === null ? [] : [{ text: insolvencyDateText(entry.type), date }];
        }),
      })),
      method: 'parsed',
      citations,
    });
  }
  const flag = draft.copy('insolvency_history_flag', profile, '$.has_insolvency_history', { optional: true });
  if (flag !== null && (flag.value === true) !== (count.value !== 0)) draft.conflict(count, flag);
}
