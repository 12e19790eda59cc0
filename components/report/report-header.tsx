import Link from 'next/link';
import { DemoBadge } from '@/components/companies/status-badge';
import { RelativeTime } from '@/components/format/relative-time';
import type { ResearchWishes } from '@/components/jobs/use-start-job';
import { PageHeader } from '@/components/shell/page-header';
import { Badge } from '@/components/ui/badge';
import { ReportMeasures } from './report-measures';
import { ReportMenu } from './report-menu';
import { ReportStatusBadge } from './report-status-badge';
import { type ReportWriter, ReportWriterMark } from './report-writer';
import { ResearchAgain } from './research-again';

export type ReportHeadView = {
  id: string;
  status: string;
  company: { id: string; name: string };
  isDemo: boolean;
  /** When the facts were read; null before the first source was. */
  asOf: string | null;
  generatedAt: string | null;
  /** 0 to 1; null while it is being written. */
  coverage: number | null;
  confidence: number | null;
  sectionsComplete: number;
  totalSources: number;
  stale: boolean;
  /** Null until it is finished. */
  writer: ReportWriter | null;
  /** What its reader wanted put first. */
  wishes: ResearchWishes;
  /** Whether names of people stay in it for good. */
  namesKept: boolean;
  /** When they were removed because of its age. */
  namesRemovedAt: string | null;
};

export function ReportHeader({ report }: { report: ReportHeadView }) {
  const finished = report.status === 'complete' || report.status === 'partial';
  return (
    <>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={`/companies/${report.company.id}`} className="underline-offset-4 hover:underline">
              {report.company.name}
            </Link>
            <ReportStatusBadge status={report.status} />
            {report.isDemo && <DemoBadge />}
            {report.stale && <Badge tone="warning">Older data</Badge>}
          </span>
        }
        actions={
          finished && (
            <div className="contents print:hidden">
              <ReportMenu reportId={report.id} namesKept={report.namesRemovedAt ? null : report.namesKept} />
              <ResearchAgain companyId={report.company.id} wishes={report.wishes} />
            </div>
          )
        }
      >
        <ReportFacts report={report} />
      </PageHeader>
      <div className="mb-8 rounded-lg border bg-surface p-4">
        <ReportMeasures coverage={report.coverage} confidence={report.confidence} />
      </div>
    </>
  );
}

function ReportFacts({ report }: { report: ReportHeadView }) {
  return (
    <p className="flex flex-wrap gap-x-2">
      <span>{report.company.id}</span>
      <span aria-hidden>·</span>
      <span>{report.sectionsComplete} of 8 sections</span>
      <span aria-hidden>·</span>
      <span>
        {report.totalSources} {report.totalSources === 1 ? 'source' : 'sources'}
      </span>
      {report.asOf && (
        <>
          <span aria-hidden>·</span>
          <span>
            data as of <RelativeTime value={report.asOf} />
          </span>
        </>
      )}
      {report.generatedAt && (
        <>
          <span aria-hidden>·</span>
          <span>
            written <RelativeTime value={report.generatedAt} />
          </span>
        </>
      )}
      {report.namesRemovedAt && (
        <>
          <span aria-hidden>·</span>
          <span>
            names of people removed <RelativeTime value={report.namesRemovedAt} />
          </span>
        </>
      )}
      {report.writer && (
        <>
          <span aria-hidden>·</span>
          <ReportWriterMark {...report.writer} />
        </>
      )}
    </p>
  );
}
