import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { LiveReport } from '@/components/report/live-report';
import { ReportBody } from '@/components/report/report-body';
import { ReportHeader, type ReportHeadView } from '@/components/report/report-header';
import { ReportSummary } from '@/components/report/report-summary';
import { Alert } from '@/components/ui/alert';
import { seriesOf } from '@/lib/research/figure-series';
import { getReport, type Report } from '@/lib/research/report-repository';
import { wishesOf } from '@/lib/research/report-wishes';
import { signalChecksOf } from '@/lib/research/signal-checks';
import { summarise } from '@/lib/research/summary';
import { writtenPart } from '@/lib/research/written-part';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../../signed-in-user';

const readReport = cache(async (id: string) => {
  const user = await signedInUser();
  return getReport(userClient(user.accessToken), id);
});

export async function generateMetadata({ params }: PageProps<'/reports/[id]'>): Promise<Metadata> {
  const report = await readReport((await params).id);
  return { title: report ? `Report on ${report.company_name}` : 'Not found' };
}

export default async function ReportPage({ params }: PageProps<'/reports/[id]'>) {
  const report = await readReport((await params).id);
  if (!report) notFound();
  const { status } = report;
  const running = status === 'pending' || status === 'running';
  const delivered = status === 'complete' || status === 'partial';
  const document = delivered ? report.document : writtenPart(report.document);
  return (
    <>
      <ReportHeader report={{ ...toHead({ ...report, document }, delivered), wishes: await wishesOf(report.job_id) }} />
      {!delivered && (
        <div className="mb-8">
          <LiveReport jobId={report.job_id} />
        </div>
      )}
      {!running && !delivered && document.sections.length > 0 && (
        <Alert tone="warning" title="This report was not finished" className="mb-8">
          What had been written when it ended is below.
        </Alert>
      )}
      {delivered && <ReportSummary answers={summarise(document)} body={document} />}
      <ReportBody
        body={document}
        signals={document.signals}
        figures={seriesOf(document)}
        checks={signalChecksOf(document)}
        score={delivered ? document.score : null}
        over={!running}
      />
    </>
  );
}

function toHead({ document, ...report }: Report, delivered: boolean): Omit<ReportHeadView, 'wishes'> {
  const { sections } = document;
  return {
    id: report.id,
    status: report.status,
    company: { id: report.company_id, name: report.company_name },
    isDemo: document.report.is_demo,
    asOf: sections.length > 0 ? document.report.as_of : null,
    generatedAt: report.generated_at,
    coverage: delivered ? document.report.coverage : null,
    confidence: delivered ? document.report.confidence : null,
    sectionsComplete: delivered ? document.report.sections_complete : sections.length,
    totalSources: document.sources.length,
    stale: sections.some((section) => section.stale),
    writer: delivered ? document.report : null,
    namesKept: report.names_kept,
    namesRemovedAt: report.names_removed_at,
  };
}
