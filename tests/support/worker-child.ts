import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';
import { stopProcess } from './queue-stack';

export type WorkerChild = {
  process: ChildProcess;
  /** Names of the events it has logged so far. */
  events: string[];
  /** All that it has logged so far, with the time at which it was read here, ms. */
  lines: { msg: string; readAt: number; [field: string]: unknown }[];
  /** Sends a signal and waits for the end. @returns the exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/**
 * Starts a worker process and waits until it takes jobs.
 * @param file TypeScript, or a bundle (`.mjs`).
 */
export async function startWorkerChild(
  file: string,
  variables: Record<string, string>,
  args: readonly string[] = [],
): Promise<WorkerChild> {
  const loader = file.endsWith('.mjs') ? [] : ['--import', 'tsx'];
  const child = spawn(process.execPath, [...loader, file, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...variables, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events: string[] = [];
  const lines: WorkerChild['lines'] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`The worker ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = { ...JSON.parse(line), readAt: Date.now() };
      lines.push(entry);
      events.push(String(entry.msg));
      if (entry.msg === 'worker.started') resolve();
    });
  });
  return {
    process: child,
    events,
    lines,
    end: async (signal) => {
      await stopProcess(child, signal);
      return child.exitCode;
    },
  };
}
