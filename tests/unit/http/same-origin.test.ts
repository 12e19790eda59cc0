import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { assertSameOrigin } from '@/lib/http/same-origin';

const cookie = { via: 'cookie' } as const;
const post = (headers: Record<string, string>) => new Request('http://app.test/api/x', { method: 'POST', headers });

describe('a state change with a cookie', () => {
  it('is accepted from this site', () => {
    expect(() => assertSameOrigin(post({ 'sec-fetch-site': 'same-origin' }), cookie)).not.toThrow();
    expect(() => assertSameOrigin(post({ origin: 'http://app.test', host: 'app.test' }), cookie)).not.toThrow();
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://evil.test', host: 'app.test' },
    { origin: 'null', host: 'app.test' },
    { host: 'app.test' },
  ])('is refused from elsewhere: %j', (headers) => {
    expect(() => assertSameOrigin(post(headers), cookie)).toThrow(AppError);
  });
});

it('lets reads and bearer tokens pass', () => {
  expect(() => assertSameOrigin(new Request('http://app.test/'), cookie)).not.toThrow();
  expect(() => assertSameOrigin(post({ 'sec-fetch-site': 'cross-site' }), { via: 'bearer' })).not.toThrow();
});
