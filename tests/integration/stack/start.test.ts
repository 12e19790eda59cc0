import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Redis from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolderHolder } from '../../../scripts/bootstrap/data-lock.mjs';
import { isSameProcess, processStart } from '../../../scripts/bootstrap/process-identity.mjs';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';
import { readStackRecord, type StackProcess } from '../../../scripts/stack/stack-record';
import { startTestStack, type TestStack } from '../../support/test-stack';

const DEMO = { email: 'demo@oppspot.example', password: 'demo-oppspot' };
const ADMIN = { email: 'admin@oppspot.com', password: 'admin-oppspot' };
const LONG = 90_000;

/** The tests are steps of one story: each begins with what the one before left. */
describe('npm start', () => {
  let folder = '';
  let stack: TestStack;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-start-'));
    fs.chmodSync(folder, 0o711);
    stack = await startTestStack({}, folder);
  }, LONG);
  afterAll(async () => {
    await stack.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }, LONG);

  it('prints one line with the address and the demo sign-in', () => {
    const lines = stack
      .output()
      .split('\n')
      .filter((line) => line.includes('is ready'));
    expect(lines).toEqual([
      `oppSpot is ready at ${stack.environment.APP_URL} (demo sign-in: ${DEMO.email} / ${DEMO.password})`,
    ]);
  });

  it('serves the application, and both demo accounts can sign in', async () => {
    expect((await fetch(`${stack.environment.APP_URL}/api/health`)).status).toBe(200);
    expect(await signIn(stack, DEMO)).toBe(200);
    expect(await signIn(stack, ADMIN)).toBe(200);
    expect(await signIn(stack, { ...DEMO, password: 'wrong' })).toBe(400);
  });

  it('keeps secrets from other accounts of the machine', () => {
    for (const name of ['stack.env', 'stack.json', 'secrets.json', 'redis/redis.conf']) {
      expect(fs.statSync(path.join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  it('runs a Redis that keeps every job', async () => {
    const redis = connect(stack);
    expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
    await redis.set('kept', 'over restarts');
    redis.disconnect();
  });

  it('refuses a second start on the same folder with the reason', async () => {
    const second = await runStart(folder);
    expect(second.code).toBe(1);
    expect(second.output).toContain(`oppSpot already runs on ${folder} (process ${stack.process.pid}`);
    expect(second.output).toContain(`kill ${stack.process.pid}`);
  });

  it('refuses a port that is in use', async () => {
    const { port } = new URL(stack.environment.APP_URL ?? '');
    const other = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-port-'));
    const second = await runStart(other, { PORT: port });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`Port ${port} is in use by another program`);
    fs.rmSync(other, { recursive: true });
  });

  it.each(['sandbox', 'worker', 'redis'])('starts a crashed part again and says so: %s', async (name) => {
    const before = processOf(folder, name);
    process.kill(before.pid, 'SIGKILL');
    await expect.poll(() => stack.output(), { timeout: 20_000 }).toMatch(running(name));
    expect(processOf(folder, name).pid).not.toBe(before.pid);
  });

  it(
    'stops everything on SIGTERM, with exit code 0',
    async () => {
      const processes = allProcesses(folder);
      expect(processes.map(({ name }) => name).sort()).toEqual([
        'postgres',
        'redis',
        'sandbox',
        'supabase',
        'web',
        'worker',
      ]);
      const ended = exitCode(stack);
      stack.process.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(processes.filter(isSameProcess)).toEqual([]);
      expect(dataFolderHolder(folder)).toBeNull();
    },
    LONG,
  );

  it(
    'finds everything again at the next start, on the same ports',
    async () => {
      const before = readStackRecord(folder)?.ports;
      stack = await startTestStack({}, folder);
      const { web: _, ...ports } = readStackRecord(folder)?.ports ?? {};
      expect(before).toMatchObject(ports);
      const redis = connect(stack);
      expect(await redis.get('kept')).toBe('over restarts');
      redis.disconnect();
      expect(await signIn(stack, DEMO)).toBe(200);
    },
    LONG,
  );

  it(
    'leaves nothing running when it is killed itself',
    async () => {
      const processes = allProcesses(folder);
      stack.process.kill('SIGKILL');
      await expect.poll(() => processes.filter(isSameProcess), { timeout: 40_000 }).toEqual([]);
    },
    LONG,
  );
});

function connect(stack: TestStack): Redis {
  return new Redis(stack.environment.REDIS_URL ?? '', { maxRetriesPerRequest: 2 });
}

async function signIn(stack: TestStack, account: { email: string; password: string }): Promise<number> {
  const response = await fetch(`${stack.environment.SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: stack.environment.SUPABASE_PUBLISHABLE_KEY ?? '', 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  await response.arrayBuffer();
  return response.status;
}

function running(name: string): RegExp {
  const labels: Record<string, string> = { sandbox: 'The provider sandbox', worker: 'The worker', redis: 'Redis' };
  return new RegExp(
    `${labels[name]} stopped unexpectedly: it was ended by SIGKILL[\\s\\S]*${labels[name]} is running again`,
  );
}

function processOf(folder: string, name: string): StackProcess {
  const found = readStackRecord(folder)?.processes.find((process) => process.name === name);
  if (found === undefined) throw new Error(`${name} is not among the processes`);
  return found;
}

/** The processes that the record names, and the Postgres behind the local Supabase server. */
function allProcesses(folder: string): StackProcess[] {
  const pid = Number(fs.readFileSync(path.join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  return [...(readStackRecord(folder)?.processes ?? []), { name: 'postgres', pid, start: processStart(pid) }];
}

function exitCode(stack: TestStack): Promise<number | null> {
  return new Promise((resolve) => stack.process.once('exit', resolve));
}

function runStart(folder: string, extra: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const env = { ...process.env, OPPSPOT_DATA_DIR: folder, ...extra };
  return new Promise((resolve) => {
    const args = ['scripts/start.mjs', '--no-env-file'];
    execFile(process.execPath, args, { cwd: projectRoot, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}
