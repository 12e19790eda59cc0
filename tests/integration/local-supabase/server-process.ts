import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';

export const KEYS = {
  jwtSecret: 'a-secret-of-more-than-thirty-two-characters',
  publishableKey: 'sb_publishable_local_test',
  secretKey: 'sb_secret_local_test',
};

const readySchema = z.object({
  ready: z.literal(true),
  url: z.string(),
  databaseUrl: z.string(),
  mailboxUrl: z.string(),
  pid: z.number(),
  applied: z.number(),
});

export type ServerProcess = z.infer<typeof readySchema> & { child: ChildProcess; ended: Promise<number | null> };

/** A data folder of its own, which other accounts may pass through: started by root, Postgres runs as one of them. */
export function newDataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'oppspot-local-'));
  chmodSync(folder, 0o711);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Starts the server by its command line on free ports.
 * @throws Error with what it printed when it ends before it is ready.
 */
export async function startServerProcess(folder: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/local-supabase/main.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PORT: '0',
      PG_PORT: '0',
      DATA_DIR: folder,
      SITE_URL: 'http://127.0.0.1:3000',
      SUPABASE_JWT_SECRET: KEYS.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: KEYS.publishableKey,
      SUPABASE_SECRET_KEY: KEYS.secretKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      const line = output.split('\n').find((one) => one.startsWith('{"ready":true'));
      if (line) resolve(line);
    });
    void ended.then(() => reject(new Error(output)));
  });
  return { ...readySchema.parse(JSON.parse(await ready)), child, ended };
}

/** Asks the server to stop and returns its exit code. */
export function stopServerProcess(server: ServerProcess): Promise<number | null> {
  server.child.kill('SIGTERM');
  return server.ended;
}
