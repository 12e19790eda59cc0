import { z } from 'zod';

const instant = z.iso.datetime();

/** Something that was found at least once. */
const thingSchema = z.object({
  /** Tells it from others, however it is written. */
  key: z.string(),
  name: z.string(),
  /** What gave it away when it was first found. */
  detail: z.string(),
  /** The page or board on which it was first found. */
  place: z.string(),
  /** 0 to 1: how surely the place is the company's. */
  match: z.number().min(0).max(1),
  first_seen_at: instant,
  /** The last reading of the same place before that, which did not hold it; null where there was none to compare with. */
  absent_at: instant.nullable(),
});

/** What all readings of a source that were made so far have found; readings differ in time, not in where they looked. */
export const historySchema = z.object({
  /** The first reading. */
  began_at: instant,
  /** The last reading, with the places that it read and the keys of what it found. */
  read_at: instant,
  places: z.array(z.string()),
  present: z.array(z.string()),
  things: z.array(thingSchema),
});

export type History = z.infer<typeof historySchema>;
export type Thing = z.infer<typeof thingSchema>;
/** One reading. */
export type Snapshot = {
  readAt: string;
  places: string[];
  things: Omit<Thing, 'first_seen_at' | 'absent_at'>[];
};
