import Link from 'next/link';
import { confidenceBand, formatMinute, formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { LinkHint } from '@/components/ui/link-hint';
import { ReportStatusBadge } from './report-status-badge';

export type ReportListItem = {
  id: string;
  companyName: string;
  status: string;
  /** 0 to 1; null until finished. */
  coverage: number | null;
  confidence: number | null;
  at: string;
};

/** @param naming what tells the reports apart: the company on a page of many, the time on a company's own page. */
export function ReportList({ reports, naming }: { reports: readonly ReportListItem[]; naming: 'company' | 'time' }) {
  return (
    <ul aria-label="Reports" className="divide-y">
      {reports.map((report) => (
        <li key={report.id} className="relative flex items-center gap-3 px-4 py-2.5 transition-colors hover:bg-muted">
          <div className="min-w-0 flex-1">
            <Link
              href={`/reports/${report.id}`}
              prefetch={false}
              className="flex items-center gap-2 font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
            >
              <span className="truncate">{naming === 'company' ? report.companyName : formatMinute(report.at)}</span>
              <LinkHint />
            </Link>
            <p className="truncate text-[0.8125rem] text-muted-foreground">
              <RelativeTime value={report.at} />
              {report.coverage !== null && ', '}
              {report.coverage !== null && <>coverage {formatPercent(report.coverage)}</>}
              {report.confidence !== null && <>, confidence {confidenceBand(report.confidence)}</>}
            </p>
          </div>
          <ReportStatusBadge status={report.status} />
        </li>
      ))}
    </ul>
  );
}
