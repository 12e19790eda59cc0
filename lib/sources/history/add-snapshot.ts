import type { History, Snapshot, Thing } from './schema';

/**
 * A history with one more reading. What is found for the first time was absent before only if the last reading looked at
 * the very place where it is now: a page that was not read shows nothing.
 * @param history null for the first reading: nothing appears in it.
 */
export function addSnapshot(history: History | null, { readAt, places, things }: Snapshot): History {
  if (history !== null && history.read_at >= readAt) return history;
  const known = new Map(history?.things.map((thing) => [thing.key, thing]));
  for (const thing of things) {
    if (known.has(thing.key)) continue;
    const wasRead = history?.places.includes(thing.place) === true;
    const seen: Thing = { ...thing, first_seen_at: readAt, absent_at: wasRead ? history.read_at : null };
    known.set(thing.key, seen);
  }
  return {
    began_at: history?.began_at ?? readAt,
    read_at: readAt,
    places: [...new Set(places)],
    present: [...new Set(things.map(({ key }) => key))],
    things: [...known.values()],
  };
}
