import type { Sources } from '@/lib/sources/registry';
import type { ServiceClient } from '@/lib/supabase/service-client';

export type JobStep = { name: string; label: string; index: number; total: number };

/** What a processor may use: everything from outside comes through here, so that tests can build one. */
export type JobContext = {
  readonly jobId: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly userId: string | null;
  readonly companyId: string;
  readonly companyName: string;
  readonly reportId: string | null;
  /** Aborted by timeout, cancel, lost lease or shutdown; the reason is an AppError. Pass it to everything that waits. */
  readonly signal: AbortSignal;
  now(): Date;
  readonly sources: Sources;
  readonly db: ServiceClient;
  /** Sections saved by earlier attempts, in order: the checkpoint. */
  readonly savedSections: readonly unknown[];
  /**
   * Records real progress; a section is saved with the fencing token within a fraction of a second.
   * @param update.progress 0 to 100; never goes backwards.
   * @param update.isPaidFor waits until the section is saved, so that no later attempt pays for it again.
   * @throws AppError `lease_lost` when another attempt has taken over, `cancelled` when the user asked for it.
   */
  progress(update: {
    step: JobStep;
    progress: number;
    section?: { id: string; position: number; document: unknown };
    isPaidFor?: boolean;
  }): Promise<void>;
};

/** What a finished job writes, in the one database call that checks its fencing token. Wire form: see `finish_jobs`. */
export type JobEffects = {
  report?: {
    document: unknown;
    status: 'complete' | 'partial';
    coverage: number;
    confidence: number;
    sections_complete: number;
    total_sources: number;
    generated_at: string;
  };
  signals?: {
    type: string;
    title: string;
    event_date: string;
    strength: string;
    confidence: number;
    evidence: unknown;
    why_it_matters: string;
    expires_on: string;
    dedupe_key: string;
    source: string;
  }[];
  score?: { overall: number | null; coverage: number; document: unknown };
  /** Columns of `companies` to set. */
  company?: Record<string, unknown>;
  facts?: {
    field: string;
    value: unknown;
    source: string;
    evidence: unknown;
    observed_at: string;
    confidence: number;
  }[];
  notifications?: { kind: string; title: string; body: unknown; dedupe_key: string }[];
};

export type JobOutcome<Result> = { result: Result; effects: JobEffects };

/** A processor: one short function that composes domains, returns what to write, and throws on failure. */
export type Processor<Payload, Result> = (ctx: JobContext, payload: Payload) => Promise<JobOutcome<Result>>;
