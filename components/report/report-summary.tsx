import type { SummaryAnswer } from '@/lib/research/summary';
import { indexReport, type ReportBody } from './report-index';
import { SentenceLine } from './report-section';

/** What a reader should know after a minute: sentences of the report, each with its sources. */
export function ReportSummary({ answers, body }: { answers: readonly SummaryAnswer[]; body: ReportBody }) {
  const answered = answers.filter(({ sentences }) => sentences.length > 0);
  if (answered.length === 0) return null;
  const index = indexReport(body);
  return (
    <section aria-labelledby="summary-title" className="mb-8 rounded-lg border bg-surface p-4">
      <h2 id="summary-title" className="font-semibold text-lg tracking-tight">
        In one minute
      </h2>
      <dl className="mt-3 grid gap-x-6 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
        {answered.map(({ title, sentences }) => (
          <div key={title} className="contents">
            <dt className="pt-0.5 font-medium">{title}</dt>
            <dd className="mb-2 flex max-w-[72ch] flex-col gap-1 text-[0.9375rem] leading-6">
              {sentences.map((sentence) => (
                <SentenceLine key={sentence.text} sentence={sentence} index={index} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
