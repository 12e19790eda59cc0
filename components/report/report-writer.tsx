import type { ReportDocument } from '@/lib/research/schema';

export type ReportWriter = Pick<ReportDocument['report'], 'written_by' | 'model' | 'cost_usd'>;

const WRITERS: Record<ReportWriter['written_by'], string> = {
  template: 'Fixed sentences',
  model: 'Worded by',
  mixed: 'Partly worded by',
};
const EXPLANATION =
  'A language model may only reword sentences that were checked against their sources. What it words is checked again, and fixed sentences stand where it failed.';

/** Who worded the report; with a model its name and what it cost. */
export function ReportWriterMark({ written_by, model, cost_usd }: ReportWriter) {
  const cost = cost_usd === null ? null : `US$${cost_usd.toFixed(cost_usd < 0.01 ? 4 : 2)}`;
  const name = written_by === 'template' ? null : (model ?? 'a language model');
  return (
    <span title={EXPLANATION}>
      {[WRITERS[written_by], name].filter(Boolean).join(' ')}
      {cost !== null && ` (${cost})`}
    </span>
  );
}
