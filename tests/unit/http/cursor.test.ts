import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { decodeCursor, encodeCursor } from '@/lib/http/cursor';

it('gives back the place it was made of', () => {
  const place = { at: '2026-01-02T03:04:05.678901+00:00', id: 'research:00000006:1' };
  expect(decodeCursor(encodeCursor(place))).toEqual(place);
});

it.each(['', 'nonsense', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
  'refuses %j',
  (text) => {
    expect(() => decodeCursor(text)).toThrow(AppError);
  },
);
