import { ChevronRight } from 'lucide-react';
import { Citation } from '@/components/evidence/citation';
import { formatFieldName } from '@/components/format/field-names';
import { formatPercent, formatValue } from '@/components/format/format-value';
import type { Section } from '@/lib/research/schema';
import { citeStatements, type ReportIndex } from './report-index';

/** Every field of a section as data, folded away: the sentences say it in words. */
export function SectionFields({ section, index }: { section: Section; index: ReportIndex }) {
  const rows = Object.entries(section.fields);
  if (rows.length === 0) return null;
  return (
    <details className="group rounded-lg border bg-surface">
      <summary className="flex h-9 list-none items-center gap-2 rounded-lg px-3 text-[0.8125rem] text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        The data behind this section ({rows.length} {rows.length === 1 ? 'field' : 'fields'})
      </summary>
      <dl className="grid grid-cols-1 border-t text-[0.8125rem] sm:grid-cols-[minmax(10rem,16rem)_1fr]">
        {rows.map(([name, field]) => (
          <div key={name} className="contents [&>*]:border-t [&:first-child>*]:border-t-0">
            <dt className="px-4 pt-2 text-muted-foreground sm:pb-2">{formatFieldName(name)}</dt>
            <dd className="min-w-0 break-words px-4 pt-0.5 pb-2 max-sm:border-t-0! sm:pt-2">
              {'statement' in field ? (
                <FieldValue id={field.statement} index={index} />
              ) : (
                <a href={`#${field.gap}`} className="text-muted-foreground underline underline-offset-4">
                  {index.gaps.get(field.gap)?.detail ?? 'Not found'}
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function FieldValue({ id, index }: { id: string; index: ReportIndex }) {
  const statement = index.statements.get(id);
  if (!statement) return <span className="text-muted-foreground">—</span>;
  return (
    <>
      <span className="whitespace-pre-line">{formatValue(statement.value, statement)}</span>
      {statement.period && <span className="text-muted-foreground"> ({statement.period})</span>}
      {citeStatements(index, [id]).map((citation) => (
        <Citation key={citation.number} {...citation} />
      ))}
      <span className="ml-1 text-muted-foreground text-xs">confidence {formatPercent(statement.confidence)}</span>
    </>
  );
}
