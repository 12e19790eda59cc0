import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const SOURCE = 'gender_pay_gap.returns';
const COPIED = [
  ['employee_band', 'size_band'],
  ['pay_gap_median_hourly', 'median_hourly_percent'],
  ['pay_gap_mean_hourly', 'mean_hourly_percent'],
  ['pay_gap_responsible_person', 'responsible_person'],
] as const;

/** The newest gender pay gap return: how many people the employer has, what the gap is, and who answers for it. */
export async function statePayGap(draft: SectionDraft): Promise<void> {
  const returns = await draft.read(SOURCE);
  if (returns.outcome === 'empty') {
    draft.gap('employee_band', 'not_applicable', returns.reason, [SOURCE]);
    return;
  }
  if (returns.outcome !== 'ok') {
    draft.missing('employee_band', returns);
    return;
  }
  const [newest] = returns.data.returns;
  if (newest === undefined) return;
  const year = newest.reporting_year;
  for (const [field, member] of COPIED) {
    const value = newest[member];
    if (value === null) continue;
    draft.state({
      field,
      value,
      unit: typeof value === 'number' ? '%' : null,
      period: `${year} to ${year + 1}`,
      method: 'copied',
      citations: [
        cite(returns, `$.returns[0].${member}`, { since: newest.submitted_on ?? undefined, basis: 'accounts' }),
      ],
    });
  }
  if (newest.size_band === null) draft.absent('employee_band', SOURCE);
}
