import { ListChecks, ListFilter } from 'lucide-react';
import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { z } from 'zod';
import { JobList } from '@/components/jobs/job-list';
import { STATE_WORDS } from '@/components/jobs/job-state-badge';
import { QUEUE_NAMES, queueTitle } from '@/components/jobs/queue-names';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterLinks } from '@/components/ui/filter-links';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import { Pager } from '@/components/ui/pager';
import { listPresentJobs } from '@/lib/http/jobs/list-present-jobs';
import { userClient } from '@/lib/supabase/user-client';
import { JOB_STATES, jobStateSchema } from '@/types/jobs';
import { signedInUser } from '../signed-in-user';

export const metadata: Metadata = { title: 'Jobs' };

const PAGE_SIZE = 25;

/** An unknown value in the address counts as no filter. */
const filterSchema = z.object({
  status: jobStateSchema.optional().catch(undefined),
  queue: z.enum(QUEUE_NAMES).optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
});
type Filter = z.infer<typeof filterSchema>;

export default async function JobsPage({ searchParams }: PageProps<'/jobs'>) {
  await signedInUser();
  const filter = filterSchema.parse(await searchParams);
  const query = toQuery(filter);
  return (
    <>
      <PageHeader title="Jobs">Everything you have asked for, newest first.</PageHeader>
      <Card>
        <JobFilters filter={filter} />
        <Suspense key={query} fallback={<ListSkeleton rows={8} label="Loading jobs" />}>
          <Jobs filter={filter} query={query} />
        </Suspense>
      </Card>
    </>
  );
}

async function Jobs({ filter, query }: { filter: Filter; query: string }) {
  const user = await signedInUser();
  const page = await listPresentJobs(userClient(user.accessToken), user.id, { ...filter, limit: PAGE_SIZE });
  const next = page.next_cursor ? address({ ...filter, cursor: page.next_cursor }) : null;
  return (
    <>
      <JobList query={query} initial={page} empty={<NoJobs filtered={Boolean(filter.status ?? filter.queue)} />} />
      <Pager first={filter.cursor ? address({ ...filter, cursor: undefined }) : null} next={next} />
    </>
  );
}

function JobFilters({ filter }: { filter: Filter }) {
  const option = (label: string, change: Partial<Filter>, current: boolean) => ({
    label,
    current,
    href: address({ ...filter, ...change, cursor: undefined }),
  });
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2 border-b p-2">
      <FilterLinks
        label="State"
        options={[
          option('All', { status: undefined }, !filter.status),
          ...JOB_STATES.map((status) => option(STATE_WORDS[status], { status }, filter.status === status)),
        ]}
      />
      <FilterLinks
        label="Kind of work"
        options={[
          option('All work', { queue: undefined }, !filter.queue),
          ...QUEUE_NAMES.map((queue) => option(queueTitle(queue), { queue }, filter.queue === queue)),
        ]}
      />
    </div>
  );
}

function NoJobs({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={ListFilter}
        title="No job matches"
        action={
          <Button asChild>
            <Link href="/jobs">Show all jobs</Link>
          </Button>
        }
      >
        Choose another state or another kind of work.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ListChecks}
      title="No jobs yet"
      action={
        <Button asChild variant="primary">
          <Link href="/companies">Find a company</Link>
        </Button>
      }
    >
      Research, enrichment, scoring and signals run as jobs. Open a company and start one.
    </EmptyState>
  );
}

function toQuery(filter: Filter): string {
  const set = Object.entries({ ...filter, limit: String(PAGE_SIZE) }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
}

function address(filter: Filter): Route {
  const set = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const query = new URLSearchParams(set).toString();
  return query === '' ? '/jobs' : `/jobs?${query}`;
}
