import type { z } from 'zod';
import type { QueueSettings } from '@/lib/config';
import type { JobOutcome, Processor } from './job-context';

/** Whose company a payload is about, in one form for every queue. */
export type JobSubject = { companyId: string; companyName: string | null; userId: string | null };

/** Everything the system knows of a queue, in one place. Numbers can be overridden by environment: see `queueConfig`. */
export type QueueDefinition<
  Name extends string = string,
  Payload extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> = QueueSettings & {
  /** Bull's queue name and the first part of every job id. */
  readonly name: Name;
  /** Names accepted on the command line besides `name`. */
  readonly aliases: readonly string[];
  /** For people. */
  readonly label: string;
  /** Of a person's job before batch jobs of the same queue; 1 is first. */
  readonly priority: number;
  /** Attempts that count: crashes, deploys and rate-limit waits do not. */
  readonly attempts: number;
  readonly payloadSchema: Payload;
  readonly resultSchema: Result;
  readonly createsReport: boolean;
  readonly usesQuota: boolean;
  /** A report younger than this answers a new request unless it is forced; 0 for never. */
  readonly freshForSeconds: number;
  /** Members of the payload that hold the company's id and name: how a batch makes the payload of each company. */
  readonly companyMembers: { readonly id: string; readonly name: string };
  // Method syntax on purpose: it lets a definition with its own payload be used where any definition is expected.
  subject(payload: z.output<Payload>): JobSubject;
  /** Whether the payload itself asks for new work although fresh work exists. */
  forces(payload: z.output<Payload>): boolean;
};

export type PayloadInput<D extends QueueDefinition> = z.input<D['payloadSchema']>;
export type PayloadOf<D extends QueueDefinition> = z.output<D['payloadSchema']>;
export type ResultOf<D extends QueueDefinition> = z.input<D['resultSchema']>;
export type ProcessorOf<D extends QueueDefinition> = Processor<PayloadOf<D>, ResultOf<D>>;

/** A definition with its processor, ready to be run on a recorded payload of unknown form. */
export type JobRunner<D extends QueueDefinition = QueueDefinition> = {
  readonly definition: D;
  run(ctx: Parameters<Processor<unknown, unknown>>[0], payload: unknown): Promise<JobOutcome<unknown>>;
};

/** Infers the payload and result types of a queue from its schemas. */
export function defineQueue<Name extends string, Payload extends z.ZodType, Result extends z.ZodType>(
  definition: QueueDefinition<Name, Payload, Result>,
): QueueDefinition<Name, Payload, Result> {
  return definition;
}
