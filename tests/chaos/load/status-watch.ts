import type { Contradiction } from './history';

export type StatusReading = { state: string; version: number | null; progress: number };

export type StatusWatch = {
  /** Compares what a client is told now with what it was told before. */
  note(reading: StatusReading, at?: number): void;
  /** From here on the job may begin anew, once. */
  mayStartAnew(): void;
};

const ENDED = ['completed', 'failed', 'cancelled'];

/**
 * Watches what one client is told about one job, in order: its version never falls, its progress never falls, and an end
 * is an end, unless the client has asked for a new run.
 */
export function createStatusWatch(jobId: string, contradictions: Contradiction[]): StatusWatch {
  let last: StatusReading | null = null;
  let anew = false;
  return {
    mayStartAnew() {
      anew = true;
    },
    note(reading, at = Date.now()) {
      const before = last;
      last = { ...reading, version: reading.version ?? before?.version ?? null };
      if (before === null) return;
      const say = (what: string) => contradictions.push({ jobId, at, what });
      if (reading.version !== null && before.version !== null && reading.version < before.version) {
        say(`version fell from ${before.version} (${before.state}) to ${reading.version} (${reading.state})`);
      }
      const problem = backwards(before, reading);
      if (problem === null) return;
      if (anew) anew = false;
      else say(problem);
    },
  };
}

function backwards(before: StatusReading, now: StatusReading): string | null {
  if (ENDED.includes(before.state) && now.state !== before.state) return `${before.state} became ${now.state}`;
  if (now.progress < before.progress) {
    return `progress fell from ${before.progress} (${before.state}) to ${now.progress} (${now.state})`;
  }
  return null;
}
