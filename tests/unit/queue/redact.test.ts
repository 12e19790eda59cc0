import { describe, expect, it } from 'vitest';
import { redact, redactText } from '@/lib/queue/board/redact';
import { maskedRedisUrl } from '@/lib/queue/redis-client';

describe('what the dashboard hides', () => {
  it('what people wrote, at any depth', () => {
    const data = { company_id: 'DM000001', user_context: 'secret plan', nested: [{ focus_areas: ['a'], keep: 1 }] };
    expect(redact(data)).toEqual({
      company_id: 'DM000001',
      user_context: '[redacted]',
      nested: [{ focus_areas: '[redacted]', keep: 1 }],
    });
  });

  it.each(['email', 'accessToken', 'access_token', 'api_key', 'apiKey', 'password', 'Authorization', 'cookie'])(
    'the field %s',
    (name) => expect(redact({ [name]: 'value' })).toEqual({ [name]: '[redacted]' }),
  );

  it.each([
    'redis://user:hunter22@redis.internal:6379',
    'Authorization: Bearer abcdefgh12345678',
    'token=abcdefgh12345678',
    '{"api_key":"abcdefgh12345678"}',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'sb_secret_abcdefgh12345678',
    'write to jane.doe@example.com',
  ])('the secret in %j', (text) => {
    const secret = /hunter22|abcdefgh12345678|c2lnbmF0dXJl|jane\.doe@example\.com/;
    expect(text).toMatch(secret);
    expect(redactText(text)).not.toMatch(secret);
  });

  it('nothing else', () => {
    const text = 'Companies House did not answer within 10 s (https://api.example/company/DM000001)';
    expect(redactText(text)).toBe(text);
    expect(redact(null)).toBeNull();
    expect(redact(42)).toBe(42);
  });
});

it('the address of Redis is shown without its credentials', () => {
  expect(maskedRedisUrl('rediss://default:s3cret@cache.example:6380/2')).toBe('rediss://cache.example:6380/2');
  expect(maskedRedisUrl('redis://127.0.0.1:6379')).toBe('redis://127.0.0.1:6379');
});
