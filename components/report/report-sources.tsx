import { ExternalLink } from '@/components/evidence/external-link';
import { formatDate, formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import type { ReportSource } from '@/lib/research/schema';

/** The numbered list that the marks in the text point to. */
export function ReportSources({ sources }: { sources: readonly ReportSource[] }) {
  return (
    <section id="sources" aria-labelledby="sources-title" className="flex flex-col gap-3 border-t py-8">
      <h2 id="sources-title" className="font-semibold text-lg tracking-tight">
        Sources
      </h2>
      {sources.length === 0 ? (
        <p className="text-muted-foreground">No source has been read yet.</p>
      ) : (
        <ol className="divide-y rounded-lg border bg-surface">
          {sources.map((source) => (
            <li key={source.index} className="flex gap-3 px-4 py-3">
              <span className="w-6 shrink-0 text-right text-muted-foreground">{source.index}</span>
              <div className="flex min-w-0 flex-col gap-0.5">
                <ExternalLink href={source.url} className="font-medium">
                  {source.title}
                </ExternalLink>
                <p className="text-[0.8125rem] text-muted-foreground">
                  Read <RelativeTime value={source.retrieved_at} />
                  {source.published_at && `, published ${formatDate(source.published_at)}`}, reliability{' '}
                  {formatPercent(source.reliability)}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
