import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { formatExact } from '@/components/format/format-value';
import { JobTimeline } from '@/components/jobs/job-timeline';
import { JobView } from '@/components/jobs/job-view';
import { queueTitle } from '@/components/jobs/queue-names';
import { PageHeader } from '@/components/shell/page-header';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { listJobEvents } from '@/lib/queue/status/job-list';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { userClient } from '@/lib/supabase/user-client';
import { isTerminal, type JobStatus } from '@/types/jobs';
import { signedInUser } from '../../signed-in-user';

export const metadata: Metadata = { title: 'Job' };

export default async function JobPage({ params }: PageProps<'/jobs/[id]'>) {
  const user = await signedInUser();
  const jobId = decodeURIComponent((await params).id);
  const job = await readJobStatus(jobId);
  if (!job || job.owner !== user.id) notFound();
  const events = await listJobEvents(userClient(user.accessToken), jobId);
  const title = queueTitle(job.queue);
  return (
    <>
      <PageHeader title={`${title}: ${job.company_name ?? job.company_id ?? 'a company'}`}>
        <nav aria-label="Related pages" className="flex gap-4 [&>a]:underline-offset-4 [&>a]:hover:underline">
          <Link href="/jobs">All jobs</Link>
          {job.company_id && <Link href={`/companies/${job.company_id}`}>The company</Link>}
        </nav>
      </PageHeader>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <JobView jobId={jobId} title={title} companyId={job.company_id} over={isTerminal(job.state)} />
          <Card>
            <CardHeader>
              <CardTitle>What happened</CardTitle>
            </CardHeader>
            <CardContent>
              <JobTimeline events={events} />
            </CardContent>
          </Card>
        </div>
        <Card className="self-start">
          <CardHeader>
            <CardTitle>Details</CardTitle>
          </CardHeader>
          <CardContent>
            <JobDetails job={job} />
          </CardContent>
        </Card>
      </div>
    </>
  );
}

function JobDetails({ job }: { job: JobStatus }) {
  const rows: [string, string | null][] = [
    ['Number', job.id],
    ['Requested', formatExact(job.created_at)],
    ['First started', job.started_at && formatExact(job.started_at)],
    ['Ended', job.finished_at && formatExact(job.finished_at)],
    ['Attempts', `${Math.max(1, job.attempt)} of ${job.max_attempts}`],
  ];
  return (
    <dl className="flex flex-col gap-3 text-[0.8125rem]">
      {rows.map(([name, value]) =>
        value ? (
          <div key={name} className="flex flex-col gap-0.5">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
