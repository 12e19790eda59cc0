import { UserError } from './user-error.mjs';

const FRAMES = ['|', '/', '-', '\\'];
const FIRST_WORD_MS = 1_500;
const REMINDER_MS = 15_000;

/**
 * Shows what is being done: a spinner with the seconds on a terminal, plain lines elsewhere.
 * @param {{ stream?: NodeJS.WriteStream | (NodeJS.WritableStream & { isTTY?: boolean }) }} [options]
 */
export function createProgress({ stream = process.stdout } = {}) {
  /** @type {Map<string, number>} label -> start in ms */
  const active = new Map();
  const show = stream.isTTY ? createSpinner(stream, active) : createPlainLines(stream, active);

  return {
    /** @param {string} text a line of its own */
    say: (text) => show.line(text),

    /**
     * Shows the label and the seconds while the work runs.
     * @template T
     * @param {string} label such as `Installing packages`
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async step(label, work) {
      const startedAt = performance.now();
      active.set(label, startedAt);
      show.started(label);
      let end = 'failed';
      try {
        const result = await work();
        end = 'done';
        return result;
      } finally {
        active.delete(label);
        show.ended(label);
        show.line(`${seconds(performance.now() - startedAt)}  ${label}: ${end}`);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/**
 * A step that may fail for a reason that is known, when there is another way.
 * @template T
 * @param {Progress} progress
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<{ done: T, problem: null } | { done: null, problem: string }>}
 */
export async function tryStep(progress, label, work) {
  try {
    return { done: await progress.step(label, work), problem: null };
  } catch (error) {
    if (error instanceof UserError) return { done: null, problem: error.message };
    throw error;
  }
}

/** @param {NodeJS.WritableStream} stream @param {Map<string, number>} active */
function createPlainLines(stream, active) {
  /** @type {Map<string, NodeJS.Timeout>} */
  const timers = new Map();
  /** @param {string} text */
  const line = (text) => stream.write(`${text}\n`);
  /** @param {string} label @param {number} afterMs */
  const remind = (label, afterMs) => {
    const timer = setTimeout(() => {
      line(`${seconds(performance.now() - (active.get(label) ?? 0))}  ${label} ...`);
      remind(label, REMINDER_MS);
    }, afterMs);
    timer.unref();
    timers.set(label, timer);
  };
  return {
    line,
    /** @param {string} label */
    started: (label) => remind(label, FIRST_WORD_MS),
    /** @param {string} label */
    ended: (label) => clearTimeout(timers.get(label)),
  };
}

/** @param {NodeJS.WritableStream} stream @param {Map<string, number>} active */
function createSpinner(stream, active) {
  let frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const clear = () => stream.write('\r\u001b[K');
  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    const parts = [...active].map(([label, start]) => `${label} (${seconds(performance.now() - start).trim()})`);
    stream.write(`\r\u001b[K${FRAMES[frame]} ${parts.join(', ')}`);
  };
  return {
    /** @param {string} text */
    line: (text) => {
      clear();
      stream.write(`${text}\n`);
    },
    started: () => {
      timer ??= setInterval(draw, 120);
    },
    ended: () => {
      if (active.size > 0) return;
      clearInterval(timer);
      timer = undefined;
      clear();
    },
  };
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1_000).toFixed(1)} s`.padStart(8);
}
