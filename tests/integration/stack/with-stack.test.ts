import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../../scripts/bootstrap/data-lock.mjs';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';

const PROGRAM = `
import { configVariables } from '@/lib/config';
console.log(JSON.stringify({ variables: configVariables([]).length > 0, argv: process.argv.slice(2), redis: process.env.REDIS_URL }));
process.exitCode = 7;
`;

describe('commands that need the running stack', () => {
  let folder = '';
  let program = '';
  const stackEnv = () => path.join(folder, 'stack.env');
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-with-'));
    // Inside the project, so that the paths of tsconfig.json apply to it.
    program = path.join(projectRoot, 'test-results', `program-${process.pid}.ts`);
    fs.mkdirSync(path.dirname(program), { recursive: true });
    fs.writeFileSync(program, PROGRAM);
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
    fs.rmSync(program);
  });
  const run = (args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const configured = ['REDIS_URL', 'SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'];
      const empty = Object.fromEntries(configured.map((name) => [name, undefined]));
      const env = { ...process.env, ...empty, OPPSPOT_DATA_DIR: folder };
      execFile(
        process.execPath,
        ['scripts/with-stack.mjs', ...args],
        { cwd: projectRoot, env },
        (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        },
      );
    });

  it('say how to start it when nothing runs, with exit code 3', async () => {
    const { code, stderr } = await run([program]);
    expect(code).toBe(3);
    expect(stderr).toContain('Start it with "npm start"');
  });

  it('run all the same when they can do without it', async () => {
    const { code, stdout } = await run(['--optional', program, '--json', 'two words']);
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toEqual({ variables: true, argv: ['--json', 'two words'] });
  });

  it('find the address of what runs by themselves', async () => {
    const lines = [
      'REDIS_URL=redis://127.0.0.1:1',
      'SUPABASE_URL=http://x',
      'SUPABASE_PUBLISHABLE_KEY=p',
      'SUPABASE_SECRET_KEY=s',
    ];
    fs.writeFileSync(stackEnv(), `${lines.join('\n')}\n`);
    expect((await run([program])).code).toBe(3);
    const unlock = lockDataFolder(folder);
    const { code, stdout } = await run([program]);
    unlock();
    expect(code).toBe(7);
    expect(JSON.parse(stdout).redis).toBe('redis://127.0.0.1:1');
  });
});
