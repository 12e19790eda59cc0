import { FileText, Search } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { RunningJobs } from '@/components/jobs/running-jobs';
import { ReportList } from '@/components/report/report-list';
import { PageHeader } from '@/components/shell/page-header';
import { QuotaRing } from '@/components/shell/quota-ring';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import { Skeleton } from '@/components/ui/skeleton';
import { listPresentJobs } from '@/lib/http/jobs/list-present-jobs';
import { getQuota } from '@/lib/quota/get-quota';
import { listReports } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from './signed-in-user';
import { toReportListItem } from './to-report-list-item';

export const metadata: Metadata = { title: 'Home' };

const RUNNING_SHOWN = 10;
const REPORTS_SHOWN = 10;

export default async function HomePage() {
  await signedInUser();
  return (
    <>
      <PageHeader title="Home" />
      <SearchBox />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card>
            <CardHeader>
              <CardTitle>Running now</CardTitle>
            </CardHeader>
            <Suspense fallback={<ListSkeleton rows={2} label="Loading what is running" />}>
              <Running />
            </Suspense>
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>Latest reports</CardTitle>
            </CardHeader>
            <Suspense fallback={<ListSkeleton rows={5} label="Loading reports" />}>
              <LatestReports />
            </Suspense>
          </Card>
        </div>
        <Card className="self-start">
          <CardHeader>
            <CardTitle>Researches this month</CardTitle>
          </CardHeader>
          <CardContent>
            <Suspense fallback={<Skeleton className="h-24" />}>
              <MonthlyQuota />
            </Suspense>
          </CardContent>
        </Card>
      </div>
    </>
  );
}

function SearchBox() {
  return (
    <search>
      <form action="/companies" className="mb-6 flex max-w-2xl gap-2">
        <div className="relative min-w-0 flex-1">
          <Label htmlFor="home-search" className="sr-only">
            Company name or number
          </Label>
          <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-muted-foreground" />
          <Input id="home-search" name="q" type="search" placeholder="Company name or number" className="h-10 pl-9" />
        </div>
        <Button type="submit" variant="primary" size="lg">
          Search
        </Button>
      </form>
    </search>
  );
}

async function Running() {
  const user = await signedInUser();
  const page = await listPresentJobs(userClient(user.accessToken), user.id, { limit: RUNNING_SHOWN });
  return <RunningJobs query={`limit=${RUNNING_SHOWN}`} initial={page} />;
}

async function LatestReports() {
  const user = await signedInUser();
  const reports = await listReports(userClient(user.accessToken), { limit: REPORTS_SHOWN });
  if (reports.length > 0) return <ReportList reports={reports.map(toReportListItem)} naming="company" />;
  return (
    <EmptyState
      icon={FileText}
      title="No reports yet"
      action={
        <Button asChild variant="primary">
          <Link href="/companies">Find a company</Link>
        </Button>
      }
    >
      Open a company and press Research. Half a minute later its report is here.
    </EmptyState>
  );
}

async function MonthlyQuota() {
  const user = await signedInUser();
  return <QuotaRing quota={await getQuota(user.id)} />;
}
