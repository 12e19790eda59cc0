import type { Response } from 'undici';
import { AppError } from '@/lib/errors';

export type BodyLimit = {
  provider: string;
  /** Of the body after decompression. */
  maxBytes: number;
  /** Takes the beginning of a longer body instead of refusing it. */
  truncate?: boolean;
};

/**
 * Reads a body as it comes in and stops at its limit, whatever its headers claim and however small it was packed.
 * @throws AppError `provider_contract` when it is longer, or packed more than once.
 */
export async function readBody(response: Response, limit: BodyLimit): Promise<Uint8Array> {
  const { provider, maxBytes, truncate = false } = limit;
  const refuse = async (detail: string) => {
    await response.body?.cancel();
    throw new AppError('provider_contract', { detail });
  };
  // Each layer can multiply a thousandfold, and only what leaves the last one could be counted.
  if (response.headers.get('content-encoding')?.includes(',')) await refuse(`${provider} packed its answer twice`);
  const tooLong = `${provider} answered with more than ${maxBytes} bytes`;
  if (!truncate && Number(response.headers.get('content-length')) > maxBytes) await refuse(tooLong);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const room = maxBytes - length;
    chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
    length += chunk.byteLength;
    // Leaving the loop cancels the body, and with it the connection.
    if (length > maxBytes && truncate) break;
    if (length > maxBytes) throw new AppError('provider_contract', { detail: tooLong });
  }
  return Buffer.concat(chunks);
}
