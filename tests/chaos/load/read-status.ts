import { z } from 'zod';
import type { StatusReading } from './status-watch';

const bodySchema = z.object({
  job: z.object({ id: z.string(), status: z.string() }),
  progress: z.number(),
  poll_interval_ms: z.number().optional(),
});

export type JobAnswer = StatusReading & { jobId: string; pollIntervalMs: number };

/** @param tag the ETag or the event's id, whose first number is the version. @returns null when it is no status. */
export function readStatus(body: unknown, tag: string | null): JobAnswer | null {
  const parsed = bodySchema.safeParse(body).data;
  if (!parsed) return null;
  const version = /\d+/.exec(tag ?? '')?.[0];
  return {
    jobId: parsed.job.id,
    state: parsed.job.status,
    version: version === undefined ? null : Number(version),
    progress: parsed.progress,
    pollIntervalMs: parsed.poll_interval_ms ?? 2_000,
  };
}

export function hasEnded(state: string): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
