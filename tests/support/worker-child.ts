import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';
import { stopProcess } from './queue-stack';

export type WorkerChild = {
  process: ChildProcess;
  /** Names of the events it has logged so far. */
  events: string[];
  /** Sends a signal and waits for the end. @returns the exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts a worker process and waits until it takes jobs. */
export async function startWorkerChild(
  file: string,
  variables: Record<string, string>,
  args: readonly string[] = [],
): Promise<WorkerChild> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...variables, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`The worker ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const name = String(JSON.parse(line).msg);
      events.push(name);
      if (name === 'worker.started') resolve();
    });
  });
  return {
    process: child,
    events,
    end: async (signal) => {
      await stopProcess(child, signal);
      return child.exitCode;
    },
  };
}
