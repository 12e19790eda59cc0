import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isAdmin } from '@/lib/auth/admin';
import { verifyToken } from '@/lib/auth/verify-token';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';

const run = promisify(execFile);

function token(args: string[], variables: Record<string, string | undefined> = {}) {
  // Next's types demand NODE_ENV in every environment, and a variable set to undefined is not passed on.
  const env = { ...process.env, ...variables } as NodeJS.ProcessEnv;
  return run(process.execPath, ['--import', 'tsx', 'scripts/token.ts', ...args], { cwd: projectRoot, env });
}

describe('npm run token', () => {
  test('prints a token of the demo user and nothing else', async () => {
    const { stdout, stderr } = await token([]);
    expect(stderr).toBe('');
    await expect(verifyToken(stdout.trimEnd())).resolves.toMatchObject({ email: process.env.EMBEDDED_DEMO_EMAIL });
  });

  test('creates an unknown address with a confirmed account, once', async () => {
    const email = `Token-${Date.now()}@oppspot.com`;
    const [first, second] = [await token([email]), await token([email])];
    const owner = await verifyToken(first.stdout.trimEnd());
    expect(owner?.email).toBe(email.toLowerCase());
    await expect(verifyToken(second.stdout.trimEnd())).resolves.toEqual(owner);
    await expect(isAdmin({ accessToken: first.stdout.trimEnd() })).resolves.toBe(true);
  });

  test.each([
    ['an address that is none', ['nobody'], {}, 'Give one e-mail address or none.'],
    [
      'a project that is not embedded',
      [],
      { EMBEDDED_DEMO_EMAIL: '' },
      'Tokens are issued for the embedded stack only',
    ],
    ['a stack that does not answer', [], { SUPABASE_URL: 'http://127.0.0.1:9' }, 'The embedded stack does not answer.'],
  ])('says what is wrong with %s', async (_case, args, variables, message) => {
    await expect(token(args, variables)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });

  test('explains itself', async () => {
    expect((await token(['--help'])).stdout).toContain('Usage: npm run --silent token [email]');
  });
});
