import { AppError } from '@/lib/errors';

/** The one abort signal of an attempt, with everything that can fire it. */
export type AttemptSignal = {
  readonly signal: AbortSignal;
  /** The first reason wins. */
  abort(reason: AppError): void;
  /** Ends the time limit; call when the attempt is over. */
  dispose(): void;
};

/** How long a processor may take to notice that it was aborted before it is left behind. */
const GRACE_MS = 1_200;

/** @param timeoutMs after which the attempt is aborted with `timed_out`. */
export function createAttemptSignal(timeoutMs: number): AttemptSignal {
  const controller = new AbortController();
  const abort = (reason: AppError) => controller.abort(reason);
  const timer = setTimeout(() => abort(timedOut(timeoutMs)), timeoutMs);
  return { signal: controller.signal, abort, dispose: () => clearTimeout(timer) };
}

/**
 * Waits for work that should end soon after the signal fires. Work that does not is left behind: its token is spent
 * with the attempt, so it can write nothing any more.
 * @throws the signal's reason once it has fired, whatever the work threw because of it; else what the work threw.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const startGrace = () => {
      grace = setTimeout(() => reject(signal.reason), GRACE_MS);
    };
    const end = () => {
      clearTimeout(grace);
      signal.removeEventListener('abort', startGrace);
    };
    if (signal.aborted) startGrace();
    else signal.addEventListener('abort', startGrace, { once: true });
    work.finally(end).then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error));
  });
}

function timedOut(timeoutMs: number): AppError {
  return new AppError('timed_out', {
    detail: `It took longer than its time limit of ${Math.round(timeoutMs / 100) / 10} s and was stopped`,
  });
}
