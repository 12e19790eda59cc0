'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { ApiError } from '@/components/http/api-fetch';
import { useQuota } from '@/components/jobs/use-quota';
import { type ResearchWishes, useStartJob } from '@/components/jobs/use-start-job';
import { Button } from '@/components/ui/button';

/** Starts a new report on the same company, with the same wishes, and goes there. */
export function ResearchAgain({ companyId, wishes }: { companyId: string; wishes: ResearchWishes }) {
  const quota = useQuota().data;
  const router = useRouter();
  const start = useStartJob(companyId, 'research', {
    onStarted: ({ reportId }) => {
      if (reportId) router.push(`/reports/${reportId}`);
      else router.refresh();
    },
    onFailed: (error) => {
      const known = error instanceof ApiError;
      toast.error(known ? error.title : 'Something went wrong', {
        description: known ? error.detail : 'Nothing was started. Try again in a moment.',
      });
    },
  });
  return (
    <Button
      pending={start.pending}
      disabled={quota?.researches_remaining === 0}
      title={quota && `${quota.researches_remaining} of ${quota.researches_limit} researches left this month`}
      onClick={() => start.press({ force: true, wishes })}
    >
      {!start.pending && <RotateCw aria-hidden />}
      Research again
    </Button>
  );
}
