/** One job system in the bench. All of them run the same empty job, already queued, at the same concurrency. */
export type Contender = {
  readonly name: string;
  /** The options it runs with, for the reader of the table. */
  readonly setup: string;
  /** Whether what it says of a job survives the loss of Redis. */
  readonly durable: boolean;
  /** Queues jobs without running any. */
  prepare(jobs: number): Promise<void>;
  /** Runs them all. @returns how long it took, ms: from the command to start until the last one is known to have ended. */
  run(jobs: number): Promise<number>;
  close(): Promise<void>;
};

export type Place = { databaseUrl: string; redisUrl: string; concurrency: number };

/** Resolves when it has been called `count` times. */
export function countdown(count: number): { done: Promise<void>; tick(): void } {
  let left = count;
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((settle) => {
    resolve = settle;
  });
  return {
    done,
    tick: () => {
      left -= 1;
      if (left === 0) resolve();
    },
  };
}
