import fs from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';

const LARGEST_BYTES = 20_000_000;
const POLL_MS = 80;

export type LogFile = {
  file: string;
  /** Opens the file for a child to append to. The child writes by itself, so it outlives this process's end. */
  open: () => number;
  /** Waits for a line that is accepted; gives up silently when aborted. */
  lineSeen: (accept: (line: string) => boolean, signal: AbortSignal) => Promise<void>;
  /** @returns the last lines, for a message about what went wrong. */
  tail: (lines: number) => string;
  /** Reads what has not been read yet, then stops reading. */
  close: () => void;
};

/**
 * The log of one child: the previous one is kept beside it as `.1`.
 * @param onLine called with every complete line, in order.
 */
export function openLogFile(folder: string, name: string, onLine: (line: string) => void): LogFile {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  if (fs.existsSync(file)) fs.renameSync(file, `${file}.1`);
  const reader = fs.openSync(file, 'a+', 0o600);
  let position = 0;
  let rest = '';
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(64 * 1024);
  const listeners = new Set<(line: string) => void>([onLine]);

  function read(): void {
    for (;;) {
      const bytes = fs.readSync(reader, buffer, 0, buffer.length, position);
      if (bytes === 0) break;
      position += bytes;
      const lines = (rest + decoder.write(buffer.subarray(0, bytes))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) for (const listener of listeners) listener(line);
    }
    if (position > LARGEST_BYTES) rotate();
  }

  /** The child keeps its handle, so the file is copied and emptied rather than renamed. */
  function rotate(): void {
    fs.copyFileSync(file, `${file}.1`);
    fs.ftruncateSync(reader, 0);
    position = 0;
  }

  const timer = setInterval(read, POLL_MS);
  return {
    file,
    open: () => fs.openSync(file, 'a', 0o600),
    lineSeen: (accept, signal) =>
      new Promise((resolve) => {
        const listener = (line: string) => {
          if (accept(line)) resolve();
        };
        listeners.add(listener);
        signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
      }),
    tail: (lines) => fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'),
    close: () => {
      clearInterval(timer);
      read();
      fs.closeSync(reader);
    },
  };
}
