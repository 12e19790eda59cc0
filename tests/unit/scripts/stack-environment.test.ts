import { describe, expect, it } from 'vitest';
import { embeddedParts, stackEnvironment } from '../../../scripts/stack/stack-environment';

const supabase = {
  SUPABASE_URL: 'http://127.0.0.1:2',
  SUPABASE_PUBLISHABLE_KEY: 'publishable',
  SUPABASE_SECRET_KEY: 'secret',
};

describe('what is embedded', () => {
  it('is everything when nothing is configured, and empty variables configure nothing', () => {
    expect(embeddedParts({})).toEqual({ redis: true, supabase: true, sandbox: true });
    expect(embeddedParts({ REDIS_URL: '' })).toEqual({ redis: true, supabase: true, sandbox: true });
  });

  it('is only what is not configured', () => {
    expect(embeddedParts({ REDIS_URL: 'redis://r', COMPANIES_HOUSE_API_KEY: 'k' })).toEqual({
      redis: false,
      supabase: true,
      sandbox: false,
    });
  });
});

describe('the environment of the stack', () => {
  it('joins what was set with the embedded parts and leaves out what is not the product’s', () => {
    const env = { HOME: '/root', NODE_ENV: 'test', LOG_LEVEL: 'warn', RESEARCH_WORKER_CONCURRENCY: '7', REDIS_URL: '' };
    expect(stackEnvironment(env, { REDIS_URL: 'redis://127.0.0.1:1', ...supabase })).toEqual({
      ...supabase,
      LOG_LEVEL: 'warn',
      REDIS_URL: 'redis://127.0.0.1:1',
      RESEARCH_WORKER_CONCURRENCY: '7',
    });
  });

  it('names every problem at once', () => {
    const attempt = () => stackEnvironment({ REDIS_URL: 'http://x', QUEUE_LIMIT: 'many' }, supabase);
    expect(attempt).toThrow(/2 problem\(s\)[\s\S]*REDIS_URL must be a redis[\s\S]*QUEUE_LIMIT must be a whole number/);
  });
});
