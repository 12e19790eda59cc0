import type { History } from '../load/history';
import type { QuotaRow, World } from '../world/world';

export type ChaosUser = { id: string; token: string };
export type Part = 'worker' | 'web' | 'redis' | 'supabase';
export type Process = { name: string; pid: number };
/** `reservations`: what the jobs themselves say that they hold of the quota, read in the same instant. */
export type QuotaSample = QuotaRow & { at: number; reservations: number };

/** A system under test that runs: ours, or the one that is shown for comparison. */
export type RunningEngine = {
  /** Variables of the stack: addresses and keys. */
  environment: Record<string, string>;
  /** Told whose jobs are looked at, before any is submitted. */
  watchUsers(userIds: readonly string[]): Promise<void>;
  webUrls(): string[];
  /** The processes of a part that run now. */
  processes(part: Part): Process[];
  /** Process ids of workers that run jobs now. @throws when the database does not answer. */
  busyWorkers(): Promise<number[]>;
  /** Ids of jobs that have not ended. @throws when the database does not answer. */
  openJobs(): Promise<string[]>;
  sampleQuotas(): Promise<QuotaSample[]>;
  /** @param history what clients were told: for a system that keeps no record itself. */
  readWorld(history: History): Promise<World>;
  /** What is known of one job, line by line, for the person who looks into a violation. */
  timeline(jobId: string): Promise<string[]>;
  /** @param options.keep leaves the data folder with its logs. */
  stop(options: { keep: boolean }): Promise<void>;
  /** The data folder. */
  folder: string;
};
