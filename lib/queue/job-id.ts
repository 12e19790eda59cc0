const SHAPE = /^([a-z][a-z-]*):[A-Za-z0-9_-]{1,64}:\d{1,16}$/;

/** The queue a job id names (`<queue>:<company>:<milliseconds>`), or null when the text has another form. */
export function queueNameOf(jobId: string): string | null {
  return SHAPE.exec(jobId)?.[1] ?? null;
}
