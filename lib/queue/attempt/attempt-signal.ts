import { AppError } from '@/lib/errors';

/** The one abort signal of an attempt, with everything that can fire it. */
export type AttemptSignal = {
  /** For whatever waits. Made when it is first asked for: most small jobs wait for nothing. */
  readonly signal: AbortSignal;
  /** What it was aborted with; null while it was not. */
  reason(): AppError | null;
  /** The first reason wins. */
  abort(reason: AppError): void;
  /** Tells of the abort, at once when it has happened already. One listener at a time. */
  onAbort(listener: () => void): void;
  /** Ends the time limit; call when the attempt is over. */
  dispose(): void;
};

/** How long a processor may take to notice that it was aborted before it is left behind. */
const GRACE_MS = 1_200;

/** @param timeoutMs after which the attempt is aborted with `timed_out`. */
export function createAttemptSignal(timeoutMs: number): AttemptSignal {
  let controller: AbortController | null = null;
  let reason: AppError | null = null;
  let listener: () => void = () => undefined;
  const abort = (why: AppError) => {
    if (reason !== null) return;
    reason = why;
    controller?.abort(why);
    listener();
  };
  const timer = setTimeout(() => abort(timedOut(timeoutMs)), timeoutMs);
  return {
    get signal() {
      if (controller === null) {
        controller = new AbortController();
        if (reason !== null) controller.abort(reason);
      }
      return controller.signal;
    },
    reason: () => reason,
    abort,
    onAbort(tell) {
      listener = tell;
      if (reason !== null) tell();
    },
    dispose: () => clearTimeout(timer),
  };
}

/**
 * Waits for work that should end soon after the attempt was aborted. Work that does not is left behind: its token is spent
 * with the attempt, so it can write nothing any more.
 * @throws the reason of the abort once there is one, whatever the work threw because of it; else what the work threw.
 */
export function untilAborted<T>(work: Promise<T>, attempt: Pick<AttemptSignal, 'reason' | 'onAbort'>): Promise<T> {
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(grace);
      attempt.onAbort(() => undefined);
    };
    attempt.onAbort(() => {
      grace = setTimeout(() => reject(attempt.reason()), GRACE_MS);
    });
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(attempt.reason() ?? error);
      },
    );
  });
}

function timedOut(timeoutMs: number): AppError {
  return new AppError('timed_out', {
    detail: `It took longer than its time limit of ${Math.round(timeoutMs / 100) / 10} s and was stopped`,
  });
}
