import { Citation } from '@/components/evidence/citation';
import { formatFieldName } from '@/components/format/field-names';
import { formatValue } from '@/components/format/format-value';
import { Badge } from '@/components/ui/badge';
import type { FieldChange, Finding } from '@/lib/research/compare-reports';
import { citeStatements, type ReportIndex } from '../report-index';
import type { Sides } from './comparison-view';

const KINDS = {
  new: { tone: 'success', words: 'New' },
  gone: { tone: 'warning', words: 'Gone' },
  changed: { tone: 'accent', words: 'Changed' },
} as const;

type ChangeRowProps = { change: FieldChange; sides: Sides; dates: { before: string; after: string } };

/** One field as the earlier and as the later report has it. */
export function ChangeRow({ change, sides, dates }: ChangeRowProps) {
  const { tone, words } = KINDS[change.kind];
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{formatFieldName(change.field)}</span>
        <Badge tone={tone}>{words}</Badge>
      </div>
      {change.items && <Items items={change.items} />}
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <Side date={dates.before} finding={change.before} index={sides.before} />
        <Side date={dates.after} finding={change.after} index={sides.after} />
      </dl>
    </li>
  );
}

function Items({ items: { added, removed } }: { items: NonNullable<FieldChange['items']> }) {
  return (
    <ul className="flex flex-col gap-1">
      {added.map((item) => (
        <li key={JSON.stringify(item)} className="break-words">
          <span className="mr-2 font-medium text-success-text">Added</span>
          {formatValue(item)}
        </li>
      ))}
      {removed.map((item) => (
        <li key={JSON.stringify(item)} className="break-words">
          <span className="mr-2 font-medium text-warning-text">Removed</span>
          {formatValue(item)}
        </li>
      ))}
    </ul>
  );
}

function Side({ date, finding, index }: { date: string; finding: Finding | null; index: ReportIndex }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-xs">Report of {date}</dt>
      <dd className="break-words">
        {finding === null && <span className="text-muted-foreground">Not part of that report</span>}
        {finding && 'gap' in finding && <span className="text-muted-foreground">{finding.gap.detail}</span>}
        {finding && 'statement' in finding && (
          <>
            <span className="whitespace-pre-line">{formatValue(finding.statement.value, finding.statement)}</span>
            {finding.statement.period && <span className="text-muted-foreground"> ({finding.statement.period})</span>}
            {citeStatements(index, [finding.statement.id]).map((citation) => (
              <Citation key={citation.number} {...citation} />
            ))}
          </>
        )}
      </dd>
    </div>
  );
}
