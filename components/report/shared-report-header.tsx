import { DemoBadge } from '@/components/companies/status-badge';
import { formatDate } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { PageHeader } from '@/components/shell/page-header';
import { ReportMeasures } from './report-measures';

type SharedReportHeaderProps = {
  company: { name: string; company_number: string };
  isDemo: boolean;
  /** ISO instants. */
  asOf: string;
  generatedAt: string;
  expiresAt: string;
  /** 0 to 1. */
  coverage: number;
  confidence: number;
  totalSources: number;
};

/** What a reader without an account is told of a report before its first sentence. */
export function SharedReportHeader(report: SharedReportHeaderProps) {
  const { company, isDemo, asOf, generatedAt, expiresAt, totalSources } = report;
  return (
    <>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
            {company.name}
            {isDemo && <DemoBadge />}
          </span>
        }
      >
        <p className="flex flex-wrap gap-x-2">
          <span>{company.company_number}</span>
          <span aria-hidden>·</span>
          <span>
            {totalSources} {totalSources === 1 ? 'source' : 'sources'}
          </span>
          <span aria-hidden>·</span>
          <span>
            data as of <RelativeTime value={asOf} />
          </span>
          <span aria-hidden>·</span>
          <span>
            written <RelativeTime value={generatedAt} />
          </span>
          <span aria-hidden>·</span>
          <span>shared with you until {formatDate(expiresAt)}</span>
        </p>
      </PageHeader>
      <div className="mb-8 rounded-lg border bg-surface p-4">
        <ReportMeasures coverage={report.coverage} confidence={report.confidence} />
      </div>
    </>
  );
}
