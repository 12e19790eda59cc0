import { spawn } from 'node:child_process';
import { projectRoot } from './project.mjs';
import { UserError } from './user-error.mjs';

const TAIL_LINES = 30;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end, collecting what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, print?: boolean }} [options] `print`: also show the output as it comes
 * @returns {Promise<{ code: number, output: string, stdout: string }>} `code` 127 when the program cannot be started;
 *   `output` is stdout and stderr together
 */
export function runCommand(command, args, { env = process.env, cwd = projectRoot, print = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      // Next's types demand NODE_ENV in every environment; a program without it is fine.
      env: /** @type {NodeJS.ProcessEnv} */ (env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
      if (print) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
      // On one stream, so that the order is kept and a closing line stays the last.
      if (print) process.stdout.write(chunk);
    });
    /** @param {number} code */
    const end = (code) => {
      running.delete(child);
      resolve({ code, output, stdout });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs a program that has to succeed.
 * @param {string} what what failed, for the message, such as `Installing packages`
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 * @throws {UserError} with the end of its output when it fails
 */
export async function mustRun(what, command, args, options) {
  const { code, output } = await runCommand(command, args, options);
  if (code === 0) return;
  const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  throw new UserError(`${what} failed (${[command, ...args].join(' ')}, exit code ${code}):\n${tail}`);
}

/** Ends the programs that are still running, when the person interrupts. */
export function stopRunningCommands() {
  for (const child of running) child.kill('SIGTERM');
}
