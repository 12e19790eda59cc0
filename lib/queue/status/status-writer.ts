import { singleton } from '@/lib/singleton';
import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { keepForLater } from './status-backlog';
import { type StatusUpdate, writeStatusRecords } from './status-record';

/** News of a job, put into words only when they are written: most of a quick job's never are. */
export type StatusNote = Pick<StatusUpdate, 'id' | 'version' | 'state'> & {
  /** Says all that earlier notes of the attempt say, so that they need not be written. */
  replaces: boolean;
  toUpdate(): StatusUpdate;
};

type Waiting = { notes: StatusNote[]; sinceMs: number };
type Writer = { waiting: Map<string, Waiting>; writing: Promise<void> | null };

const GROUP_SIZE = 50;
/** News of a job go together within this time. */
const LINGER_MS = 20;
/** A job that is over within this time is told of once: nobody sees the difference, and Redis has half the work. */
const QUICK_MS = 150;

/**
 * Brings a status record up to date without being waited for. News of the same job are merged, those of many jobs go
 * together in one round trip, and what Redis does not take is tried again later.
 */
export function noteJobStatus(note: StatusNote): void {
  const writer = statusWriter();
  const known = writer.waiting.get(note.id);
  if (!known) writer.waiting.set(note.id, { notes: [note], sinceMs: performance.now() });
  else if (note.replaces && known.notes.every(({ version }) => version <= note.version)) known.notes = [note];
  else known.notes.push(note);
  writer.writing ??= writeAll(writer);
}

/** @returns the update with what was noted of its job and not written yet, which it takes over. */
export function withNoted(update: StatusUpdate): StatusUpdate {
  const { waiting } = statusWriter();
  const known = waiting.get(update.id);
  waiting.delete(update.id);
  return known ? Object.assign(merged(known.notes), update) : update;
}

/** Resolves when everything that was noted has been written, or kept for a Redis that is away. For shutdown. */
export async function untilStatusWritten(): Promise<void> {
  await statusWriter().writing;
}

async function writeAll(writer: Writer): Promise<void> {
  while (writer.waiting.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    const news = takeRipe(writer.waiting);
    while (news.length > 0) await writeGroup(news.splice(0, GROUP_SIZE));
  }
  writer.writing = null;
}

/** What has ended, and what has waited long enough for an end. */
function takeRipe(waiting: Writer['waiting']): StatusUpdate[] {
  const ripeSince = performance.now() - QUICK_MS;
  const ripe: StatusUpdate[] = [];
  for (const [id, { notes, sinceMs }] of waiting) {
    if (sinceMs > ripeSince && notes.every(({ state }) => state === 'active')) continue;
    waiting.delete(id);
    ripe.push(merged(notes));
  }
  return ripe;
}

/** The newest note has the last word. */
function merged(notes: readonly StatusNote[]): StatusUpdate {
  const [first, ...further] = [...notes].sort((a, b) => a.version - b.version).map((note) => note.toUpdate());
  if (first === undefined) throw new TypeError('Nothing was noted');
  return Object.assign(first, ...further);
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
