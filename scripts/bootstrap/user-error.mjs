/** A failure that is explained to the person at the terminal in plain words, without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message what happened and what to do
   * @param {{ exitCode?: number, cause?: unknown }} [options]
   */
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command line's main function; a failure is printed and sets the exit code.
 * @param {() => Promise<unknown>} main
 */
export async function runCommandLine(main) {
  try {
    await main();
  } catch (error) {
    const known = error instanceof UserError;
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(known ? `\n${error.message}\n` : `\nThis should not have happened:\n${stack}\n`);
    process.exitCode = known ? error.exitCode : 1;
  }
}
