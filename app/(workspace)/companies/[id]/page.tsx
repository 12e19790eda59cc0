import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache, Suspense } from 'react';
import { CompanyActions } from '@/components/companies/company-actions';
import { CompanyHeader } from '@/components/companies/company-header';
import { isQueueName } from '@/components/jobs/queue-names';
import { Skeleton } from '@/components/ui/skeleton';
import { getCompany } from '@/lib/companies/company-repository';
import { listJobs } from '@/lib/queue/status/job-list';
import { userClient } from '@/lib/supabase/user-client';
import { isTerminal } from '@/types/jobs';
import { signedInUser } from '../../signed-in-user';
import { toCompanyView } from '../to-company-view';
import { FactsPanel, ReportsPanel, ScorePanelCard, SignalsPanel } from './panels';
import { PlacePanel } from './place-panel';

/** More than can be under way for one company, and its latest ended ones. */
const JOBS_READ = 20;

const readCompany = cache(async (id: string) => {
  const user = await signedInUser();
  return getCompany(userClient(user.accessToken), id);
});

export async function generateMetadata({ params }: PageProps<'/companies/[id]'>): Promise<Metadata> {
  const company = await readCompany((await params).id);
  return { title: company?.name ?? 'Not found' };
}

export default async function CompanyPage({ params, searchParams }: PageProps<'/companies/[id]'>) {
  const company = await readCompany((await params).id);
  const { place } = await searchParams;
  if (!company) notFound();
  return (
    <>
      <CompanyHeader company={toCompanyView(company)} />
      <div className="mb-6">
        <CompanyActions companyId={company.id} running={await runningJobs(company.id)} />
      </div>
      {/* What was found out comes first when there is one column only, and for whoever reads in order. */}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,28rem)]">
        <div className="flex min-w-0 flex-col gap-6 lg:order-last">
          <Suspense fallback={<Skeleton className="h-40" />}>
            <ReportsPanel companyId={company.id} />
          </Suspense>
          <Suspense fallback={<Skeleton className="h-72" />}>
            <ScorePanelCard companyId={company.id} />
          </Suspense>
          <Suspense fallback={<Skeleton className="h-48" />}>
            <SignalsPanel companyId={company.id} />
          </Suspense>
          <Suspense fallback={<Skeleton className="h-40" />}>
            <PlacePanel company={company} isWanted={place === 'live'} />
          </Suspense>
        </div>
        <Suspense fallback={<Skeleton className="h-96" />}>
          <FactsPanel company={company} />
        </Suspense>
      </div>
    </>
  );
}

async function runningJobs(companyId: string) {
  const user = await signedInUser();
  const { items } = await listJobs(userClient(user.accessToken), user.id, { company_id: companyId, limit: JOBS_READ });
  return items.flatMap(({ id, queue, state }) =>
    !isTerminal(state) && isQueueName(queue) ? [{ queue, jobId: id }] : [],
  );
}
