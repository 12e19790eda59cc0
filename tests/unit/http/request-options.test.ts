import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { hashRequest, readIdempotencyKey, readWaitMs } from '@/lib/http/jobs/request-options';

const requestWith = (headers: Record<string, string>) => new Request('http://localhost/', { headers });

describe('Prefer: wait', () => {
  it.each([
    ['wait=8', 8_000],
    ['respond-async, wait=3', 3_000],
    ['wait="5"', 5_000],
    ['wait=999', 20_000],
    ['wait=soon', 0],
    ['await=5', 0],
  ])('reads %s', (prefer, expected) => {
    expect(readWaitMs(requestWith({ prefer }))).toBe(expected);
  });

  it('waits not at all without it', () => {
    expect(readWaitMs(requestWith({}))).toBe(0);
  });
});

describe('Idempotency-Key', () => {
  it('is null when absent and kept as sent otherwise', () => {
    expect(readIdempotencyKey(requestWith({}))).toBeNull();
    expect(readIdempotencyKey(requestWith({ 'idempotency-key': 'order-17' }))).toBe('order-17');
  });

  it.each(['', 'two words', 'x'.repeat(256)])('refuses %j', (key) => {
    expect(() => readIdempotencyKey(requestWith({ 'idempotency-key': key }))).toThrow(AppError);
  });
});

describe('the fingerprint of a request', () => {
  it('does not depend on the order of members or on members that are not set', () => {
    expect(hashRequest({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(hashRequest({ b: { c: [1, 2] }, a: 1 }));
  });

  it('differs when a value or the order of a list differs', () => {
    expect(hashRequest({ a: [1, 2] })).not.toBe(hashRequest({ a: [2, 1] }));
    expect(hashRequest({ a: 1 })).not.toBe(hashRequest({ a: '1' }));
  });
});
