import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ReportBody } from '@/components/report/report-body';
import { ReportSummary } from '@/components/report/report-summary';
import { SharedReportHeader } from '@/components/report/shared-report-header';
import { clientAddress } from '@/lib/http/client-address';
import { limitRequests } from '@/lib/http/limit-requests';
import { seriesOf } from '@/lib/research/figure-series';
import { signalChecksOf } from '@/lib/research/signal-checks';
import { summarise } from '@/lib/research/summary';
import { readSharedReport } from '@/lib/shares/report-shares';

/** Once for the page and its title. */
const readShared = cache(async (token: string) => {
  await limitRequests(`share:${clientAddress(await headers())}`, 'GET');
  return readSharedReport(token);
});

export async function generateMetadata({ params }: PageProps<'/share/[token]'>): Promise<Metadata> {
  const shared = await readShared((await params).token);
  return {
    title: shared ? `Report on ${shared.document.report.company.name}` : 'No report',
    robots: { index: false, follow: false },
    // The address is the key: it must not travel to the sources that the reader opens.
    referrer: 'no-referrer',
  };
}

/** One report for somebody without an account: the document, and nothing of who had it written. */
export default async function SharedReportPage({ params }: PageProps<'/share/[token]'>) {
  const shared = await readShared((await params).token);
  if (!shared) notFound();
  const { document, expires_at } = shared;
  const { company, is_demo, as_of, generated_at, coverage, confidence } = document.report;
  return (
    <>
      <SharedReportHeader
        company={company}
        isDemo={is_demo}
        asOf={as_of}
        generatedAt={generated_at}
        coverage={coverage}
        confidence={confidence}
        totalSources={document.sources.length}
        expiresAt={expires_at}
      />
      <ReportSummary answers={summarise(document)} body={document} />
      <ReportBody
        body={document}
        signals={document.signals}
        figures={seriesOf(document)}
        checks={signalChecksOf(document)}
        score={document.score}
        over
      />
    </>
  );
}
