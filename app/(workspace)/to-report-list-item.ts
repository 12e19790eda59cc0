import type { ReportListItem } from '@/components/report/report-list';
import type { ReportSummary } from '@/lib/research/report-repository';

export function toReportListItem(report: ReportSummary): ReportListItem {
  return {
    id: report.id,
    companyName: report.company_name,
    status: report.status,
    coverage: report.coverage,
    confidence: report.confidence,
    at: report.generated_at ?? report.created_at,
  };
}
