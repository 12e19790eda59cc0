import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode, toAppError } from '@/lib/errors';
import { toJobError } from '@/lib/queue/attempt/job-error';

// The keys of the table are its codes.
const CODES = Object.keys(ERRORS) as ErrorCode[];
const FATES = ['retry', 'failed'] as const;
/** What must never be read by people: stacks, hosts, addresses, credentials. */
const INTERNALS =
  /\bat \w+ \(|https?:|rediss?:|postgres(ql)?:|\d+\.\d+\.\d+\.\d+|localhost|node_modules|undefined|\[object/;

describe.each(CODES)('the failure %s', (code) => {
  it('answers a request with a status, a title and what to do', () => {
    const { status, title, detail } = ERRORS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].{5,79}[^.]$/);
    expect(detail).toMatch(/^[A-Z].{15,}\.$/);
    expect(`${title} ${detail}`).not.toMatch(INTERNALS);
  });

  it.each(FATES)('tells people of a job what happened, what we did and what they can do (%s)', (fate) => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7:6379 redis://user:secret@redis.internal');
    const { message, ...rest } = toJobError(new AppError(code, { cause }), fate);
    expect(message.startsWith(ERRORS[code].title)).toBe(true);
    expect(message.split(/(?<=[.!?;]) /).length).toBeGreaterThanOrEqual(3);
    expect(message).toMatch(/\bwe\b|\bnothing\b|\bkept\b|readable/i);
    expect(message).not.toMatch(INTERNALS);
    expect(rest).toEqual({ code, retryable: ['retryable', 'bug'].includes(ERRORS[code].class) });
  });
});

describe('the text of a failed job', () => {
  it('begins with what happened this time, where that is known', () => {
    const error = new AppError('provider_unavailable', { detail: 'Companies House did not answer (503)' });
    expect(toJobError(error, 'retry').message).toMatch(/^Companies House did not answer \(503\)\. We try again/);
  });

  it('promises no further attempt once the job has ended', () => {
    for (const code of CODES) expect(toJobError(new AppError(code), 'failed').message).not.toMatch(/by ourselves/);
  });

  it('says nothing of what a bug said', () => {
    const bug = toAppError(new TypeError("Cannot read properties of undefined (reading 'secret')"));
    expect(toJobError(bug, 'failed')).toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
  });
});
