import { setTimeout as wait } from 'node:timers/promises';
import { countFailure, restartDelayMs } from './backoff';
import type { ChildDefinition } from './child-definition';
import { type ChildRun, describeExit, endRun, startRun, untilReady } from './child-run';
import { type LogFile, openLogFile } from './log-file';

const LIMIT_PERIOD_MS = 10_000;

export type ChildContext = {
  logFolder: string;
  /** Prints one line for the person at the terminal. */
  say: (text: string) => void;
  /** Told of every process that comes, with its end. */
  watch: (name: string, run: ChildRun) => void;
  /** Aborted when the whole stack stops. */
  stopping: AbortSignal;
};
export type SupervisedChild = { name: string; stop: () => Promise<void> };

/**
 * Starts a child, waits until it is ready, and from then on starts it again whenever it ends by itself.
 * @throws UserError with the end of its log when it does not become ready.
 */
export async function superviseChild(definition: ChildDefinition, context: ChildContext): Promise<SupervisedChild> {
  const show = limited(definition.notableLimit ?? Number.POSITIVE_INFINITY, context.say);
  const log = openLogFile(context.logFolder, definition.name, (line) => {
    const notable = definition.notable?.(line);
    if (notable) show(`${definition.name}: ${notable}`);
  });
  const run = startRun(definition, log);
  context.watch(definition.name, run);
  try {
    await untilReady(run, definition, log, context.stopping);
  } catch (error) {
    await endRun(run, definition.stopTimeoutMs);
    log.close();
    throw error;
  }
  const stop = keepRunning(run, definition, context, log);
  return { name: definition.name, stop: () => stop().then(() => log.close()) };
}

/** @returns stops the child and waits for its end. */
function keepRunning(
  first: ChildRun,
  definition: ChildDefinition,
  context: ChildContext,
  log: LogFile,
): () => Promise<void> {
  const stopping = new AbortController();
  let current = first;

  async function supervise(): Promise<void> {
    for (let failures = 0; ; ) {
      const exit = await current.exit;
      if (stopping.signal.aborted || context.stopping.aborted) return;
      failures = countFailure(failures, performance.now() - current.startedAt);
      const delayMs = restartDelayMs(failures);
      context.say(
        `${definition.label} stopped unexpectedly: it ${describeExit(exit)}. Starting it again in ${delayMs / 1_000} s; its log is ${log.file}`,
      );
      await wait(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted || context.stopping.aborted) return;
      await startAgain();
    }
  }

  async function startAgain(): Promise<void> {
    current = startRun(definition, log);
    context.watch(definition.name, current);
    try {
      await untilReady(current, definition, log, stopping.signal);
      context.say(`${definition.label} is running again.`);
    } catch {
      // It hangs or has ended again: either way its end is what the loop waits for.
      await endRun(current, definition.stopTimeoutMs);
    }
  }

  const supervision = supervise();
  return async () => {
    stopping.abort();
    await endRun(current, definition.stopTimeoutMs);
    await supervision;
  };
}

/** Passes on so many lines in ten seconds. */
function limited(limit: number, say: (text: string) => void): (text: string) => void {
  let since = 0;
  let shown = 0;
  return (text) => {
    const now = performance.now();
    if (now - since > LIMIT_PERIOD_MS) {
      since = now;
      shown = 0;
    }
    shown += 1;
    if (shown <= limit) say(text);
    if (shown === limit) say('(more of these in the log)');
  };
}
