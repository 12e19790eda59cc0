import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache, Suspense } from 'react';
import { CompanyActions } from '@/components/companies/company-actions';
import { CompanyHeader } from '@/components/companies/company-header';
import { isQueueName } from '@/components/jobs/queue-names';
import { Skeleton } from '@/components/ui/skeleton';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import type { Company } from '@/lib/companies/schema';
import { AppError } from '@/lib/errors';
import { findCompany } from '@/lib/http/find-company';
import { listJobs } from '@/lib/queue/status/job-list';
import { userClient } from '@/lib/supabase/user-client';
import { isTerminal } from '@/types/jobs';
import { signedInUser } from '../../signed-in-user';
import { toCompanyView } from '../to-company-view';
import { NotLookedUp } from './not-looked-up';
import { FactsPanel, ReportsPanel, ScorePanelCard, SignalsPanel } from './panels';
import { PlacePanel } from './place-panel';

/** More than can be under way for one company, and its latest ended ones. */
const JOBS_READ = 20;

/** Of the workspace or, for a number that nobody has opened yet, of the register. */
const readCompany = cache(async (id: string): Promise<Company | AppError | null> => {
  const number = parseCompanyNumber(id);
  if (number === null) return null;
  try {
    return await findCompany(await signedInUser(), number);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'company_not_found') return null;
    if (error.code === 'register_unavailable' || error.code === 'rate_limited') return error;
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/companies/[id]'>): Promise<Metadata> {
  const company = await readCompany((await params).id);
  if (company instanceof AppError) return { title: company.spec.title };
  return { title: company?.name ?? 'Not found' };
}

export default async function CompanyPage({ params, searchParams }: PageProps<'/companies/[id]'>) {
  const { id } = await params;
  const company = await readCompany(id);
  const { place } = await searchParams;
  if (!company) notFound();
  if (company instanceof AppError) return <NotLookedUp companyNumber={id} reason={company.detail} />;
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
