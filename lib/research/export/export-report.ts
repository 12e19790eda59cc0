import type { Report } from '../report-repository';
import { toExportView } from './export-view';
import { renderMarkdown } from './markdown/render-markdown';

export const EXPORT_FORMATS = ['json', 'md', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const CONTENT_TYPES: Record<ExportFormat, string> = {
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
};

export type ExportedReport = { body: string | Uint8Array<ArrayBuffer>; contentType: string; fileName: string };

/** A report as a file, the same bytes each time. An unfinished one holds what had been written. */
export async function exportReport({ document, status }: Report, format: ExportFormat): Promise<ExportedReport> {
  const { company, generated_at } = document.report;
  const finished = status === 'complete' || status === 'partial';
  const render = {
    json: async () => JSON.stringify(document, null, 2),
    md: async () => renderMarkdown(toExportView(document, finished)),
    pdf: async () => {
      // Typesetting is large, and most processes never need it.
      const { renderPdf } = await import('./pdf/render-pdf');
      return renderPdf(toExportView(document, finished));
    },
  };
  return {
    body: await render[format](),
    contentType: CONTENT_TYPES[format],
    fileName: `oppspot-${company.company_number}-${generated_at.slice(0, 10)}.${format}`,
  };
}
