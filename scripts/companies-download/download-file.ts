import { createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/lib/errors';

/** No byte for so long means that the line is dead. */
const SILENCE_MS = 60_000;

/** Told of the bytes so far and, where it is known, of all. */
export type OnBytes = (bytes: number, total: number | null) => void;

/**
 * Downloads a file; what an earlier run left of it is continued where the server can do that.
 * @param path where it is in the end: a file of that name is whole.
 * @throws AppError `provider_unavailable` when the server does not answer, breaks off or stays silent; the reason of the
 * signal. What has arrived stays for the next run.
 */
export async function downloadFile(url: URL, path: string, signal: AbortSignal, onBytes: OnBytes): Promise<void> {
  const part = `${path}.part`;
  const silence = new AbortController();
  const stop = () => silence.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => silence.abort(unavailable(`${url.host} fell silent`)), SILENCE_MS);
  try {
    const from = await sizeOf(part);
    const response = await fetch(url, {
      signal: silence.signal,
      headers: from > 0 ? { Range: `bytes=${from}-` } : {},
    });
    const { body, total, at } = opened(response, from);
    let bytes = at;
    await pipeline(
      body,
      async function* count(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength;
          timer.refresh();
          onBytes(bytes, total);
          yield chunk;
        }
      },
      createWriteStream(part, { flags: at > 0 ? 'a' : 'w' }),
      { signal: silence.signal },
    );
    if (total !== null && bytes !== total) throw unavailable(`${url.host} sent ${bytes} of ${total} bytes`);
    await rename(part, path);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (silence.signal.reason instanceof AppError) throw silence.signal.reason;
    throw unavailable(`${url.host} could not be read to the end`, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function opened({ status, headers, body }: Response, from: number) {
  if (body === null || (status !== 200 && status !== 206))
    throw unavailable(`The download answered with status ${status}`);
  // A server that does not continue starts again, and so do we.
  const at = status === 206 ? from : 0;
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return { body, at, total: Number.isInteger(length) ? at + length : null };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

function unavailable(detail: string, cause?: unknown): AppError {
  return new AppError('provider_unavailable', { detail, cause });
}
