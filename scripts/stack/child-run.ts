import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../bootstrap/project.mjs';
import { UserError } from '../bootstrap/user-error.mjs';
import type { ChildDefinition } from './child-definition';
import type { LogFile } from './log-file';

const PROBE_EVERY_MS = 60;
const TAIL_LINES = 15;
const BACKGROUND_NICENESS = os.constants.priority.PRIORITY_BELOW_NORMAL;

type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** One run of a child, from its start to its end. */
export type ChildRun = { process: ChildProcess; exit: Promise<Exit>; startedAt: number };

/** Starts the child's process; it writes to its log by itself. */
export function startRun(definition: ChildDefinition, log: LogFile): ChildRun {
  const child = spawnProcess(definition, log);
  if (definition.background && child.pid !== undefined) os.setPriority(child.pid, BACKGROUND_NICENESS);
  const exit = new Promise<Exit>((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { process: child, exit, startedAt: performance.now() };
}

/**
 * Waits until the child can be used.
 * @param signal gives up waiting.
 * @throws UserError with the end of its log when it ends, takes too long, or the wait is given up.
 */
export async function untilReady(
  run: ChildRun,
  definition: ChildDefinition,
  log: LogFile,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const fail = (reason: string) => {
    const { label } = definition;
    throw new UserError(`${label} did not start: it ${reason}. The end of ${log.file}:\n${log.tail(TAIL_LINES)}`);
  };
  const either = AbortSignal.any([over.signal, signal]);
  const ended = run.exit.then((exit) => fail(describeExit(exit)));
  const late = wait(definition.readyTimeoutMs, undefined, { signal: either }).then(
    () => fail(`was not ready after ${definition.readyTimeoutMs / 1_000} s`),
    () => fail('was stopped first'),
  );
  // The race is over by the time these fail; they must not count as unhandled.
  ended.catch(() => undefined);
  late.catch(() => undefined);
  try {
    await Promise.race([becomesReady(definition, log, either), ended, late]);
  } finally {
    over.abort();
  }
}

/** Asks the child to stop and waits for its end; after its time it is ended by force. */
export async function endRun(run: ChildRun, stopTimeoutMs: number): Promise<void> {
  run.process.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(run.process.pid), stopTimeoutMs);
  await run.exit;
  clearTimeout(timer);
}

/** Ends a child and the processes that it started, at once. */
export function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** @returns such as `ended with exit code 1`. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
}

function spawnProcess(definition: ChildDefinition, log: LogFile): ChildProcess {
  const output = log.open();
  try {
    return spawn(definition.command, definition.args, {
      cwd: projectRoot,
      // Next's types demand NODE_ENV in every environment; a child without it is fine.
      env: definition.env as NodeJS.ProcessEnv,
      // A group of its own: Ctrl-C reaches this process only, which then stops the children in order.
      detached: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    fs.closeSync(output);
  }
}

async function becomesReady({ ready }: ChildDefinition, log: LogFile, signal: AbortSignal): Promise<void> {
  if ('line' in ready) {
    const { silentMs } = ready;
    const silent = silentMs === undefined ? [] : [wait(silentMs, undefined, { signal }).catch(() => undefined)];
    return Promise.race([log.lineSeen(ready.line, signal), ...silent]);
  }
  while (!signal.aborted && !(await ready.probe())) await wait(PROBE_EVERY_MS);
}
