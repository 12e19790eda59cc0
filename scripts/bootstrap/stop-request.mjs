import { stopRunningCommands } from './run-command.mjs';

// npm passes a signal on to a process that the terminal has already told: both are one request.
const SAME_REQUEST_MS = 1_500;
const PARENT_POLL_MS = 1_000;

/**
 * Listens for the wish to stop: Ctrl-C, SIGTERM, a closed terminal, or the end of the parent.
 * @param {{ withParent: boolean }} options
 */
export function onStopRequest({ withParent }) {
  const controller = new AbortController();
  /** @type {() => void} */
  let force = () => undefined;
  let requestedAt = 0;
  /** @type {Promise<null>} */
  const requested = new Promise((resolve) => controller.signal.addEventListener('abort', () => resolve(null)));

  const onSignal = () => {
    if (controller.signal.aborted) {
      if (performance.now() - requestedAt < SAME_REQUEST_MS) return;
      force();
      process.exit(1);
    }
    requestedAt = performance.now();
    stopRunningCommands();
    controller.abort();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const name of signals) process.on(name, onSignal);
  const parent = process.ppid;
  const timer = withParent ? setInterval(() => process.ppid !== parent && onSignal(), PARENT_POLL_MS) : undefined;

  return {
    signal: controller.signal,
    /** Resolves when a stop is asked for. */
    requested,
    /** @param {() => void} action what a second request does before the process ends at once */
    onSecond: (action) => {
      force = action;
    },
    dismiss: () => {
      for (const name of signals) process.off(name, onSignal);
      clearInterval(timer);
    },
  };
}

/** @typedef {ReturnType<typeof onStopRequest>} StopRequest */
