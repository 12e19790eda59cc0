export type Environment = Record<string, string | undefined>;

/**
 * How it is known that a child can be used: by a line that it prints, or by asking it. One that may be told not to print
 * is taken for ready when it still runs after `silentMs`.
 */
export type ReadyCheck = { line: (line: string) => boolean; silentMs?: number } | { probe: () => Promise<boolean> };

/** One process of the stack. */
export type ChildDefinition = {
  name: string;
  /** What a person calls it, as in `The worker stopped unexpectedly`. */
  label: string;
  command: string;
  args: string[];
  env: Environment;
  ready: ReadyCheck;
  readyTimeoutMs: number;
  /** Yields the processor to the others, so that a person's request is answered before background work goes on. */
  background?: boolean;
  /** How long it may take to stop after SIGTERM before it is ended. */
  stopTimeoutMs: number;
  /** @returns what of a log line a person should see at once, or null. */
  notable?: (line: string) => string | null;
  /** Shows only so many of those lines in ten seconds; the log has them all. */
  notableLimit?: number;
};
