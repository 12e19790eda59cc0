import { singleton } from '@/lib/singleton';
import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { keepForLater } from './status-backlog';
import { type StatusUpdate, writeStatusRecords } from './status-record';

type Writer = { waiting: Map<string, StatusUpdate>; writing: Promise<void> | null };

const GROUP_SIZE = 50;
/** A job that is over within this time is told of once: nobody sees the difference, and Redis has half the work. */
const LINGER_MS = 20;

/**
 * Brings a status record up to date without being waited for. News of the same job are merged, those of many jobs go
 * together in one round trip, and what Redis does not take is tried again later.
 */
export function noteJobStatus(update: StatusUpdate): void {
  const writer = statusWriter();
  const known = writer.waiting.get(update.id);
  const isNewer = !known || known.version <= update.version;
  writer.waiting.set(update.id, isNewer ? { ...known, ...update } : { ...update, ...known });
  writer.writing ??= writeAll(writer);
}

/** Resolves when everything that was noted has been written, or kept for a Redis that is away. For shutdown. */
export async function untilStatusWritten(): Promise<void> {
  await statusWriter().writing;
}

async function writeAll(writer: Writer): Promise<void> {
  while (writer.waiting.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    const news = [...writer.waiting.values()];
    writer.waiting.clear();
    while (news.length > 0) await writeGroup(news.splice(0, GROUP_SIZE));
  }
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
  return singleton<Writer>('queue:status-writer', () => ({ waiting: new Map(), writing: null }));
}
