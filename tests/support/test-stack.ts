import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { configVariables } from '@/lib/config';
import { readEnvFile } from '../../scripts/bootstrap/env-file.mjs';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';
import { readStackRecord } from '../../scripts/stack/stack-record';
import { recordNewcomers } from './newcomers';

const READY = /oppSpot is ready at (\S+)/;
const SECONDS_TO_START = 180;
const QUEUE_VARIABLE = /_WORKER(_|$)/;

declare module 'vitest' {
  interface ProvidedContext {
    stackEnvironment: Record<string, string>;
  }
}

export type TestStack = {
  /** The data folder. */
  folder: string;
  /** The variables of the product, and DATABASE_URL and SANDBOX_URL. */
  environment: Record<string, string>;
  /** Everything that the start command printed so far. */
  output: () => string;
  process: ChildProcess;
  stop: () => Promise<void>;
};

/** Vitest's global set-up: one stack for all integration tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startTestStack();
  project.provide('stackEnvironment', stack.environment);
  return stack.stop;
}

/**
 * Starts the real thing by its own start command, in a new folder and on free ports.
 * @param overrides variables to set; everything else has its default.
 * @throws Error with what it printed when it does not become ready.
 */
export async function startTestStack(overrides: Record<string, string> = {}, folder?: string): Promise<TestStack> {
  const home = folder ?? newFolder();
  const args = ['scripts/start.mjs', '--no-env-file', '--with-parent'];
  const env = {
    ...withoutConfiguration(process.env),

    PORT: '0',
    OPPSPOT_DATA_DIR: home,
    SANDBOX_RECORDINGS: recordNewcomers(path.join(home, 'newcomers')),
    ...overrides,
  };
  const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (READY.test(output)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => reject(new Error(`The test stack did not start:\n${output}`)));
    setTimeout(() => reject(new Error(`The test stack took too long:\n${output}`)), SECONDS_TO_START * 1_000).unref();
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    if (folder === undefined) fs.rmSync(home, { recursive: true, force: true });
  };
  await ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { folder: home, environment: readEnvironment(home), output: () => output, process: child, stop };
}

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-test-'));
  // Others may pass through it: started by root, Postgres runs under another account.
  fs.chmodSync(folder, 0o711);
  return folder;
}

function readEnvironment(folder: string): Record<string, string> {
  const record = readStackRecord(folder);
  const variables = Object.entries(readEnvFile(path.join(folder, 'stack.env')));
  return {
    ...Object.fromEntries(variables.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))),
    DATABASE_URL: record?.urls.database ?? '',
    SANDBOX_URL: record?.urls.sandbox ?? '',
  };
}

/** The tests must never reach what a developer has configured. */
function withoutConfiguration(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ofTheStart = ['HOST', 'OPPSPOT_WORKERS', 'OPPSPOT_WEBS', 'SANDBOX_RECORDINGS', 'SANDBOX_FAULTS'];
  const own = new Set([...configVariables([]), ...ofTheStart]);
  const kept = Object.entries(env).filter(([name]) => !own.has(name) && !QUEUE_VARIABLE.test(name));
  // Next's types demand NODE_ENV in every environment; the start command sets its own.
  return Object.fromEntries(kept) as NodeJS.ProcessEnv;
}
