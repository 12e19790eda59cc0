import { singleton } from '@/lib/singleton';
import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { keepForLater } from './status-backlog';
import { type StatusUpdate, writeStatusRecords } from './status-record';

type Writer = { waiting: StatusUpdate[]; writing: Promise<void> | null };

const GROUP_SIZE = 100;

/**
 * Brings a status record up to date without being waited for: what is told while a round trip is on its way goes together
 * in the next one, in the order in which it was told. What Redis does not take is tried again later.
 */
export function noteJobStatus(update: StatusUpdate): void {
  const writer = statusWriter();
  writer.waiting.push(update);
  writer.writing ??= writeAll(writer);
}

/** Resolves when everything that was noted has been written, or kept for a Redis that is away. For shutdown. */
export async function untilStatusWritten(): Promise<void> {
  await statusWriter().writing;
}

async function writeAll(writer: Writer): Promise<void> {
  // What the same answers of the ledger have brought about comes along.
  await new Promise((resolve) => setImmediate(resolve));
  while (writer.waiting.length > 0) await writeGroup(writer.waiting.splice(0, GROUP_SIZE));
  writer.writing = null;
}

async function writeGroup(group: readonly StatusUpdate[]): Promise<void> {
  try {
    await withRedis(() => writeStatusRecords(producerRedis(), group));
  } catch (error) {
    for (const update of group) {
      emit({ name: 'status.unwritten', jobId: update.id, error });
      keepForLater(update, (news) => withRedis(() => writeStatusRecords(producerRedis(), [news])));
    }
  }
}

function statusWriter(): Writer {
  return singleton<Writer>('queue:status-writer', () => ({ waiting: [], writing: null }));
}
