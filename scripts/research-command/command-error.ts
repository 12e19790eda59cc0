/** What a command ends with: 0 done, 1 failed, 2 the question was not clear, 130 stopped by the person. */
export const EXIT = { done: 0, failed: 1, unclear: 2, stopped: 130 } as const;

/** A failure that is told to the person at the terminal, without a stack. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
