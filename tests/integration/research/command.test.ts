import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { reportDocumentSchema } from '@/lib/research/schema';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';
import { NEWCOMERS } from '../../support/newcomers';
import { createTestUser } from '../../support/users';

type Ended = { code: number | null; stdout: string; stderr: string };

afterEach(async () => {
  await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
});

function start(
  args: string[],
  variables: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended>; stderr: () => string } {
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/research.ts', ...args], { cwd: projectRoot, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended, stderr: () => stderr };
}

/** As a new user, so that no earlier report of the demo user is in the way. */
async function research(...args: string[]): Promise<Ended> {
  const { accessToken } = await createTestUser();
  return start(args, { OPPSPOT_TOKEN: accessToken }).ended;
}

describe('npm run research', () => {
  test('researches a company by its number and prints the report with its sources', async () => {
    const { code, stdout, stderr } = await research('DM000001');
    expect(stderr).toContain('Researching DEMO MARMALADE WORKS LIMITED (DM000001)');
    expect(stderr).toMatch(/95% Putting the report together|100%/);
    expect(stdout).toMatch(/In one minute[\s\S]*Who they are[\s\S]*1\. Identity and status/);
    expect(stdout).toContain('8. Fit, score and recommended approach');
    expect(stdout).toMatch(/registered in England and Wales\.\s+\[1\]/);
    expect(stdout).toMatch(
      /What we could not find\n-+\n- Legal entity identifier \(Identity and status\): Not found\./,
    );
    expect(stdout).toContain('https://find-and-update.company-information.service.gov.uk/company/DM000001');
    expect(code).toBe(0);
  });

  test('finds a company by its name, with or without its legal ending', async () => {
    const { code, stdout } = await research('demo marmalade works', '--json');
    expect(reportDocumentSchema.parse(JSON.parse(stdout)).report.company.id).toBe('DM000001');
    expect(code).toBe(0);
  });

  test('does not guess: a name that fits several companies prints them with their numbers', async () => {
    const { code, stdout, stderr } = await research('demo');
    expect(stderr).toContain('“demo” is not clear.');
    expect(stderr).toMatch(/DM0000\d\d {2}\S/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('researches a company that only the register knows, by its name', async () => {
    const { number, name } = NEWCOMERS.commanded;
    const { code, stdout, stderr } = await research('driftglass barometers');
    expect(stderr).toContain(`Researching ${name} (${number}). This is its name without the legal form`);
    expect(stdout).toContain('1. Identity and status');
    expect(code).toBe(0);
  });

  test('says when it looked in the workspace only', async () => {
    const faults = JSON.stringify([{ path: '/search/companies*', kind: 'status', status: 503 }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    const { code, stderr } = await research('zzqqxxjjkk');
    expect(stderr).toContain('Only the workspace was searched, not the register: Companies House did not answer (503)');
    expect(code).toBe(2);
  });

  test('says so when no company fits', async () => {
    const { code, stderr } = await research('zzqqxxjjkk');
    expect(stderr).toContain('No company fits “zzqqxxjjkk”.');
    expect(code).toBe(2);
  });

  test('prints a fresh report again without new work, and researches anew with --force', async () => {
    const { accessToken } = await createTestUser();
    const again = (...args: string[]) => start(['DM000003', ...args], { OPPSPOT_TOKEN: accessToken }).ended;
    await again();
    expect((await again()).stderr).toContain('This report is from earlier and still fresh');
    expect((await again('--force')).stderr).not.toContain('from earlier');
  });

  test('runs as the demo user when nobody is named', async () => {
    const { code, stdout } = await start(['DM000004']).ended;
    expect(stdout).toContain('EXAMPLE SLEEPING FOX LIMITED');
    expect(code).toBe(0);
  });

  test('Ctrl-C cancels the job before it leaves', async () => {
    const faults = JSON.stringify([{ path: '/company/DM000010/officers', kind: 'hang' }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    const { accessToken } = await createTestUser();
    const running = start(['DM000010', '--force'], { OPPSPOT_TOKEN: accessToken });
    await expect.poll(running.stderr, { timeout: 20_000 }).toMatch(/\d% (?!Waiting)/);
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(stderr).toContain('Cancelled. What was finished stays readable in oppSpot.');
    expect(stdout).toBe('');
    expect(code).toBe(130);
  });

  test.each([
    ['no company', [], {}, 2, 'Give one company name'],
    ['an option that does not exist', ['--fast', 'x'], {}, 2, "Unknown option '--fast'"],
    [
      'a server that is not there',
      ['DM000001'],
      { APP_URL: 'http://127.0.0.1:9', OPPSPOT_TOKEN: 'x' },
      1,
      'Start oppSpot with "npm start"',
    ],
    ['a token that is no good', ['DM000001'], { OPPSPOT_TOKEN: 'x' }, 1, 'You are not signed in'],
    ['a demo password that is wrong', ['DM000001'], { EMBEDDED_DEMO_PASSWORD: 'wrong' }, 1, 'could not be signed in'],
  ])('says what is wrong with %s', async (_case, args, variables, expected, message) => {
    const { code, stdout, stderr } = await start(args, variables).ended;
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(expected);
  });

  test('explains itself', async () => {
    const { code, stdout } = await start(['--help']).ended;
    expect(stdout).toContain('npm run research -- "<company name or number>"');
    expect(code).toBe(0);
  });
});
