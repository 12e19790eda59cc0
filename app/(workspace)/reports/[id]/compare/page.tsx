import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ComparisonView } from '@/components/report/compare/comparison-view';
import { ReportChoice } from '@/components/report/compare/report-choice';
import { PageHeader } from '@/components/shell/page-header';
import { Alert } from '@/components/ui/alert';
import { compareReports } from '@/lib/research/compare-reports';
import { getReport, listReports, type Report, type ReportSummary } from '@/lib/research/report-repository';
import type { ReportDocument } from '@/lib/research/schema';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../../../signed-in-user';

export const metadata: Metadata = { title: 'Compare reports' };

/** More than anybody chooses from; older ones are reached through the list of reports. */
const CHOICES = 50;

/** What changed between this report and another one on the same company. */
export default async function CompareReportsPage({ params, searchParams }: PageProps<'/reports/[id]/compare'>) {
  const user = await signedInUser();
  const client = userClient(user.accessToken);
  const report = await getReport(client, (await params).id);
  if (!report || !isDelivered(report)) notFound();
  const all = await listReports(client, { companyId: report.company_id, limit: CHOICES });
  const others = all.filter((other) => other.id !== report.id && isDelivered(other));
  const wanted = (await searchParams).with;
  const other = chooseOther(report, others, typeof wanted === 'string' ? wanted : null);
  if (wanted !== undefined && !other) notFound();
  const document = other ? await getReport(client, other.id) : null;
  const reports = document ? inOrder(report, document) : null;
  return (
    <>
      <PageHeader title="What changed">
        <Link href={`/reports/${report.id}`} className="underline-offset-4 hover:underline">
          {report.company_name}
        </Link>
      </PageHeader>
      {others.length === 0 || !other ? (
        <Alert title="There is no other report to compare with">
          This is the only finished report of yours on this company. Research it again when time has passed, and what
          changed is shown here.
        </Alert>
      ) : (
        <ReportChoice others={others} chosenId={other.id} />
      )}
      {reports && <ComparisonView comparison={compareReports(reports.earlier, reports.later)} {...reports} />}
    </>
  );
}

function isDelivered({ status }: ReportSummary): boolean {
  return status === 'complete' || status === 'partial';
}

/** By default the one before this, or the one after it when this is the first. */
function chooseOther(report: Report, others: readonly ReportSummary[], wanted: string | null): ReportSummary | null {
  if (wanted !== null) return others.find(({ id }) => id === wanted) ?? null;
  return others.find(({ created_at }) => created_at < report.created_at) ?? others.at(-1) ?? null;
}

function inOrder(a: Report, b: Report): { earlier: ReportDocument; later: ReportDocument } {
  const [earlier, later] = a.created_at < b.created_at ? [a, b] : [b, a];
  return { earlier: earlier.document, later: later.document };
}
