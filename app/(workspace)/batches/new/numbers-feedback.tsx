import { CircleAlert } from 'lucide-react';
import { countCompanies } from '@/components/batches/batch-words';
import { formatNumber } from '@/components/format/format-value';
import type { CompanyNumberList } from './read-company-numbers';

const PROBLEMS_SHOWN = 20;

type NumbersFeedbackProps = {
  list: CompanyNumberList;
  /** Why it could not be started. */
  problem: string | null;
};

/** How many companies the list holds, and which lines cannot be read. */
export function NumbersFeedback({ list: { ids, repeated, problems }, problem }: NumbersFeedbackProps) {
  const more = problems.length - PROBLEMS_SHOWN;
  return (
    <div id="numbers-feedback" className="flex min-h-5 flex-col gap-1.5 text-[0.8125rem]">
      {problem && (
        <p role="alert" className="flex items-start gap-1.5 text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {problem}
        </p>
      )}
      <p aria-live="polite" className="text-muted-foreground">
        {ids.length > 0 && countCompanies(ids.length)}
        {repeated > 0 && `, ${formatNumber(repeated)} named more than once`}
      </p>
      {problems.length > 0 && (
        <ul aria-label="Lines that cannot be read" className="flex flex-col gap-0.5 text-danger-text">
          {problems.slice(0, PROBLEMS_SHOWN).map(({ line, text }) => (
            <li key={`${line}:${text}`} className="break-words">
              Line {formatNumber(line)}: “{text.slice(0, 60)}” is not a company number.
            </li>
          ))}
          {more > 0 && <li>And {formatNumber(more)} more.</li>}
        </ul>
      )}
    </div>
  );
}
