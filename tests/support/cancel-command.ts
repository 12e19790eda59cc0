import { cancelJob, SYSTEM } from '@/lib/queue/cancel-job';
import { closeQueues } from '@/lib/queue/queue-manager';

/** A command line of its own that cancels the jobs it is given. */
for (const jobId of process.argv.slice(2)) await cancelJob(jobId, SYSTEM);
await closeQueues();
