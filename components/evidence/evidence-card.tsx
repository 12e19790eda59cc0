import { formatExact, formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Badge } from '@/components/ui/badge';
import { ExternalLink } from './external-link';

/** What stands behind a statement: where it was read, when, and the very words or value found there. */
export type EvidenceView = {
  title: string;
  url: string;
  retrievedAt: string;
  publishedAt?: string | null;
  reliability?: number | null;
  stale?: boolean;
  excerpts: readonly { snippet: string; locator: string; note?: string | undefined }[];
};

export function EvidenceCard({ evidence }: { evidence: EvidenceView }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <p className="font-medium">{evidence.title}</p>
        {evidence.stale && <Badge tone="warning">Kept copy</Badge>}
      </div>
      <ul className="flex flex-col gap-3">
        {evidence.excerpts.map((excerpt, index) => (
          <li key={`${excerpt.locator} ${excerpt.note ?? ''}`} className="flex flex-col gap-1">
            {excerpt.note && excerpt.note !== evidence.excerpts[index - 1]?.note && (
              <p className="whitespace-pre-line text-[0.8125rem] text-muted-foreground">{excerpt.note}</p>
            )}
            <blockquote className="whitespace-pre-wrap break-words rounded-md border-accent border-l-2 bg-muted px-3 py-2 text-[0.8125rem]">
              {excerpt.snippet}
            </blockquote>
            <p className="break-all font-mono text-muted-foreground text-xs">
              <span className="sr-only">Found at </span>
              {excerpt.locator}
            </p>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-[0.8125rem]">
        <dt className="text-muted-foreground">Read</dt>
        <dd>
          <RelativeTime value={evidence.retrievedAt} />{' '}
          <span className="text-muted-foreground">({formatExact(evidence.retrievedAt)})</span>
        </dd>
        {evidence.publishedAt && (
          <>
            <dt className="text-muted-foreground">Published</dt>
            <dd>{formatExact(evidence.publishedAt)}</dd>
          </>
        )}
        {typeof evidence.reliability === 'number' && (
          <>
            <dt className="text-muted-foreground">Reliability</dt>
            <dd>{formatPercent(evidence.reliability)}</dd>
          </>
        )}
      </dl>
      <ExternalLink href={evidence.url} className="text-[0.8125rem]">
        Open the source
      </ExternalLink>
    </div>
  );
}
