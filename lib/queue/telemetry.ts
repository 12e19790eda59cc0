import { ERRORS as FAILURES } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { singleton } from '@/lib/singleton';
import type { QueueEvent } from './job-events';

type Subscriber = (event: QueueEvent) => void;

/** The one mouth of the queue: code says what happened, subscribers decide what becomes of it. */
export function emit(event: QueueEvent): void {
  for (const subscriber of subscribers()) subscriber(event);
}

/** @returns a function that ends the subscription. */
export function onQueueEvent(subscriber: Subscriber): () => void {
  subscribers().add(subscriber);
  return () => subscribers().delete(subscriber);
}

/** For command lines whose output is their answer: events are not logged. */
export function muteQueueLog(): void {
  subscribers().delete(logEvent);
}

function subscribers(): Set<Subscriber> {
  return singleton('queue:subscribers', () => new Set<Subscriber>([logEvent]));
}

const ERRORS = new Set<QueueEvent['name']>([
  'job.failed',
  'queue.error',
  'dispatcher.error',
  'worker.recovery_failed',
  'job.uncommitted',
  'job.quarantined',
  'worker.stuck',
  'worker.crashed',
  'redis.unsafe',
]);
const WARNINGS = new Set<QueueEvent['name']>([
  'job.retrying',
  'job.recovered',
  'job.lease_lost',
  'dispatcher.redis_forgot',
  'job.adopted',
  'status.unwritten',
  'worker.reconnecting',
  'worker.silent',
  'redis.not_persistent',
  'redis.unavailable',
]);

function logEvent(event: QueueEvent): void {
  const level = levelOf(event);
  // Thousands of small jobs a second tell their lives to nobody when only warnings are kept.
  if (!logger().isLevelEnabled(level)) return;
  const { name, ...facts } = event;
  const fields = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key === 'error' ? 'err' : toSnake(key), value]),
  );
  logger()[level](fields, name);
}

function levelOf(event: QueueEvent): 'error' | 'warn' | 'info' {
  if (ERRORS.has(event.name) || isBug(event)) return 'error';
  return WARNINGS.has(event.name) ? 'warn' : 'info';
}

/** A bug is never only a retry among others. */
function isBug(event: QueueEvent): boolean {
  return 'code' in event && FAILURES[event.code].class === 'bug';
}

function toSnake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
