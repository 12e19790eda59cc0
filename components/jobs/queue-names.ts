/** Words for the four queues, and where their work is started. */
export const QUEUE_WORDS = {
  research: { title: 'Research', path: 'research', running: 'Researching', done: 'The report is ready' },
  enrichment: { title: 'Enrichment', path: 'enrichment', running: 'Enriching', done: 'The facts are up to date' },
  scoring: { title: 'Scoring', path: 'scoring', running: 'Scoring', done: 'The score is up to date' },
  'buying-signals': {
    title: 'Signals',
    path: 'signals',
    running: 'Looking for signals',
    done: 'The signals are up to date',
  },
} as const;

export type QueueName = keyof typeof QUEUE_WORDS;
export const QUEUE_NAMES: readonly QueueName[] = ['research', 'enrichment', 'scoring', 'buying-signals'];

export function isQueueName(text: string): text is QueueName {
  return Object.hasOwn(QUEUE_WORDS, text);
}

/** A queue's name for people; an unknown queue keeps its own. */
export function queueTitle(queue: string): string {
  return isQueueName(queue) ? QUEUE_WORDS[queue].title : queue;
}
