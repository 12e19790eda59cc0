import { z } from 'zod';
import { defineQueue, type QueueDefinition } from '@/lib/queue/define-queue';
import type { Sample } from './queue-samples';

/** A queue that the product does not have: nothing but its definition may be needed to run it. */
export const fifthQueue = defineQueue({
  name: 'weather-reports',
  aliases: [],
  envName: 'WEATHER_REPORTS',
  label: 'Weather reports',
  priority: 2,
  attempts: 3,
  concurrency: 3,
  timeoutMs: 10_000,
  payloadSchema: z.object({
    place: z.string().regex(/^[A-Z0-9]{2,10}$/),
    reader: z.uuid(),
    units: z.enum(['metric', 'imperial']).default('metric'),
  }),
  resultSchema: z.object({ degrees: z.number() }),
  createsReport: false,
  usesQuota: false,
  freshForSeconds: 0,
  companyMembers: { id: 'place', name: 'place_name' },
  subject: ({ place, reader }) => ({ companyId: place, companyName: null, userId: reader }),
  forces: () => false,
});

const sample: Sample<typeof fifthQueue> = {
  payload: ({ companyId, userId }) => ({ place: companyId, reader: userId }),
  result: () => ({ degrees: 21.5 }),
  effects: () => ({}),
};

/** As `sampleOf` gives it for the registered queues. */
// It fits its own queue, checked above; a loop over queues cannot know which one it has.
export const fifthSample = sample as Sample<QueueDefinition>;
