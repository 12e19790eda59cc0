import { CircleCheck, CircleHelp, CircleMinus, type LucideIcon } from 'lucide-react';
import { Citation } from '@/components/evidence/citation';
import type { SignalCheckRow } from '@/lib/research/signal-checks';
import { citeEvidence, type ReportIndex } from './report-index';

const ICONS: Record<SignalCheckRow['outcome'], LucideIcon> = {
  found: CircleCheck,
  none: CircleMinus,
  not_run: CircleHelp,
};

/** What was looked for, with what came of it: "none found" is not "could not look". */
export function ReportChecks({ rows, index }: { rows: readonly SignalCheckRow[]; index: ReportIndex }) {
  if (rows.length === 0) return null;
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-[0.8125rem]">
        <caption className="border-b px-4 py-2.5 text-left font-medium">Signals checked</caption>
        <thead className="text-left text-muted-foreground">
          <tr>
            <th scope="col" className="px-2 py-2 font-normal first:pl-4 sm:px-4">
              Looked for
            </th>
            <th scope="col" className="px-2 py-2 font-normal first:pl-4 sm:px-4">
              Result
            </th>
            <th scope="col" className="px-2 py-2 font-normal first:pl-4 sm:px-4">
              Where, or why not
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CheckRow key={row.title} row={row} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CheckRow({ row, index }: { row: SignalCheckRow; index: ReportIndex }) {
  const Icon = ICONS[row.outcome];
  const found = row.outcome === 'found';
  return (
    <tr className="border-t align-top">
      <th scope="row" className="px-2 py-2 text-left font-normal first:pl-4 sm:px-4">
        {row.title}
      </th>
      <td className="px-2 py-2 sm:px-4">
        <span className={`flex items-start gap-1.5 ${found ? 'font-medium' : 'text-muted-foreground'}`}>
          <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {row.result}
        </span>
      </td>
      <td className="px-2 py-2 text-muted-foreground sm:min-w-48 sm:px-4">
        {row.note}
        {citeEvidence(index, row.evidence).map((citation) => (
          <Citation key={citation.number} {...citation} />
        ))}
      </td>
    </tr>
  );
}
