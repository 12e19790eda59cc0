import { spawn } from 'node:child_process';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';

export type CommandResult = { code: number | null; stdout: string; stderr: string; durationMs: number };

/**
 * Runs an entry point of the product as its commands do, with nothing but the given variables and PATH.
 * @param file TypeScript, or a bundle (`.mjs`).
 */
export function runCommand(
  file: string,
  args: readonly string[],
  variables: Record<string, string>,
): Promise<CommandResult> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [...(file.endsWith('.mjs') ? [] : ['--import', 'tsx']), file, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output, durationMs: Date.now() - startedAt }));
  });
}
