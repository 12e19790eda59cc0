import Bull, { type Queue } from 'bull';

export const PLAIN_PREFIX = 'plain';
export const PLAIN_QUEUES = ['research', 'enrichment', 'scoring', 'signals'] as const;
export type PlainQueueName = (typeof PLAIN_QUEUES)[number];

export type PlainPayload = { userId: string; companyId: string };

/** Bull as its documentation opens it: by an address, with the defaults of its settings. */
export function openQueues(redisUrl: string): Record<PlainQueueName, Queue<PlainPayload>> {
  const open = (name: PlainQueueName) => {
    const queue = new Bull<PlainPayload>(name, redisUrl, { prefix: PLAIN_PREFIX });
    // Without a listener the first lost connection would end the process.
    queue.on('error', (error) => console.error(error.message));
    return queue;
  };
  return {
    research: open('research'),
    enrichment: open('enrichment'),
    scoring: open('scoring'),
    signals: open('signals'),
  };
}

export function isPlainQueue(name: string): name is PlainQueueName {
  return PLAIN_QUEUES.some((queue) => queue === name);
}
