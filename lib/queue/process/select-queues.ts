import { queueConfig } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { findQueue, QUEUES, type RegisteredQueue } from '../queues';

/**
 * The queues a worker process takes jobs from.
 * @param names comma-separated names or aliases; every queue enabled by the environment when undefined.
 * @throws AppError `misconfigured` for an unknown name, or when nothing is left to do.
 */
export function selectQueues(names: string | undefined): RegisteredQueue[] {
  const chosen = names === undefined ? [...QUEUES] : namedQueues(names);
  const enabled = chosen.filter((queue) => queueConfig(queue).enabled);
  if (enabled.length > 0) return enabled;
  const variables = chosen.map(({ envName }) => `ENABLE_${envName}_WORKER`).join(', ');
  throw new AppError('misconfigured', {
    detail: `Every chosen queue is switched off by ${variables || 'an empty list'}.`,
  });
}

function namedQueues(names: string): RegisteredQueue[] {
  const words = names.split(',').map((name) => name.trim());
  const queues = words
    .filter((name) => name !== '')
    .map((name) => {
      const queue = findQueue(name);
      if (queue) return queue;
      const known = QUEUES.map((each) => each.name).join(', ');
      throw new AppError('misconfigured', { detail: `There is no queue "${name}". Queues: ${known}.` });
    });
  return [...new Set(queues)];
}
