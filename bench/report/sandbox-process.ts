import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';
import { stopProcess } from '../../tests/support/queue-stack';

const readySchema = z.object({ ready: z.literal(true), url: z.string() });
const logSchema = z.array(z.object({ provider: z.string(), path: z.string() }));

export type SandboxProcess = {
  url: string;
  /** Holds back every answer of these providers for so long, ms; of none where the record is empty. */
  delay(latencies: Readonly<Record<string, number>>): Promise<void>;
  /** What was asked since the last call, as `provider/path`. */
  takeLog(): Promise<string[]>;
  stop(): Promise<void>;
};

/** The provider sandbox in a process of its own, so that its work is not counted as ours. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: projectRoot,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      SANDBOX_LOG_LIMIT: '10000',
      SANDBOX_RATE_LIMIT: '1000000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyUrl(child);
  return {
    url,
    async delay(latencies) {
      await fetch(`${url}/_faults`, { method: 'DELETE' });
      const faults = Object.entries(latencies).map(([provider, delay_ms]) => ({ provider, kind: 'slow', delay_ms }));
      await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(faults) });
    },
    async takeLog() {
      const log = logSchema.parse(await (await fetch(`${url}/_log`)).json());
      await fetch(`${url}/_log`, { method: 'DELETE' });
      return log.map(({ provider, path }) => `${provider}${path}`);
    },
    stop: () => stopProcess(child),
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the sandbox has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    return readySchema.parse(JSON.parse(line)).url;
  }
  throw new Error('the sandbox did not start');
}
