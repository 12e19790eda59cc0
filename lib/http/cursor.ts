import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** A place in a list ordered by time and then id, as an opaque text. */
export type Cursor = { at: string; id: string };

const cursorSchema = z.tuple([z.string().min(1), z.string().min(1)]);

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws AppError `invalid_request` when the text was not made by `encodeCursor`. */
export function decodeCursor(text: string): Cursor {
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { at, id };
  } catch (cause) {
    throw new AppError('invalid_request', {
      detail: 'The cursor is not one that a list of ours has given. Start again without it.',
      extras: { errors: [{ in: 'query', field: 'cursor', problem: 'is not a cursor of this list' }] },
      cause,
    });
  }
}
