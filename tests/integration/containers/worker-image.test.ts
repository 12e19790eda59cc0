import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';

/**
 * No container engine runs here, so the steps of Dockerfile.worker are done by hand: exactly the files that it copies,
 * the command that it runs, and then nothing but what its last stage holds.
 */
const dockerfile = fs.readFileSync(path.join(projectRoot, 'Dockerfile.worker'), 'utf8');
const [buildStage = '', lastStage = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-image-'));
  const app = path.join(folder, 'build');
  fs.mkdirSync(app);
  for (const [, words = ''] of buildStage.matchAll(/^COPY (?!--from)(.+)$/gm)) copy(words.trim().split(/\s+/), app);
  // The packages are those of this checkout; what `npm install` gives is not under test.
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), path.join(app, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build-worker.mjs'], { cwd: app });
  fs.cpSync(path.join(app, 'dist'), path.join(folder, 'image', 'dist'), { recursive: true });
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function copy(words: string[], app: string): void {
  const target = words.at(-1) ?? '';
  for (const source of words.slice(0, -1)) {
    const into = /\/$|^\.$/.test(target) ? path.join(app, target, path.basename(source)) : path.join(app, target);
    fs.cpSync(path.join(projectRoot, source), into, { recursive: true });
  }
}

function run(args: string[], env: Record<string, string> = {}): { code: number; output: string } {
  try {
    const options = {
      cwd: path.join(folder, 'image'),
      env: { NODE_ENV: 'production' as const, PATH: process.env.PATH ?? '', ...env },
    };
    return { code: 0, output: execFileSync(process.execPath, args, { ...options, encoding: 'utf8', stdio: 'pipe' }) };
  } catch (error) {
    // execFileSync throws an error that carries what the process left behind.
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, output: stdout + stderr };
  }
}

describe('the worker image', () => {
  it('is built from what its Dockerfile copies, and holds no packages', () => {
    expect(fs.readdirSync(path.join(folder, 'image'))).toEqual(['dist']);
    expect(fs.readdirSync(path.join(folder, 'image', 'dist')).filter((name) => name.endsWith('.mjs'))).toEqual([
      'health-check.mjs',
      'start-workers.mjs',
    ]);
  });

  it('starts its worker file without anything else', () => {
    expect(run(['dist/start-workers.mjs', '--help'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('--queues'),
    });
    expect(run(['dist/start-workers.mjs'])).toMatchObject({ code: 3, output: expect.stringContaining('REDIS_URL') });
  });

  it('checks its health against the running stack', () => {
    const { REDIS_URL = '', SUPABASE_URL = '', SUPABASE_PUBLISHABLE_KEY = '', SUPABASE_SECRET_KEY = '' } = process.env;
    const env = { REDIS_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY };
    expect(run(['dist/health-check.mjs'], env)).toMatchObject({ code: 0, output: expect.stringContaining('healthy') });
    const away = { ...env, REDIS_URL: 'redis://127.0.0.1:1' };
    expect(run(['dist/health-check.mjs'], away)).toMatchObject({ code: 2, output: expect.stringContaining('down') });
  });

  it('does not run as root and receives signals itself', () => {
    expect(lastStage).toMatch(/^USER node$/m);
    expect(lastStage).toMatch(/^ENTRYPOINT \["node"/m);
  });
});
