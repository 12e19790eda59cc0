import { describe, expect, test } from 'vitest';
import { newPasswordFormSchema, signInSchema, signUpSchema } from '@/lib/auth/credentials';
import { formFailure, parseForm } from '@/lib/auth/form-state';
import { AppError } from '@/lib/errors';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe('the forms of the sign-in pages', () => {
  test('an address is accepted with spaces around it and in capitals', () => {
    const parsed = parseForm(signInSchema, form({ email: '  Ada@Example.COM ', password: 'x' }));
    expect(parsed).toEqual({ ok: true, value: { email: 'ada@example.com', password: 'x' } });
  });

  test('every wrong field gets its own message, and the address stays entered', () => {
    const parsed = parseForm(signUpSchema, form({ email: 'ada', password: 'short' }));
    expect(parsed).toEqual({
      ok: false,
      state: {
        status: 'editing',
        email: 'ada',
        fieldErrors: {
          email: 'This is not an e-mail address. It looks like name@example.com.',
          password: 'Use at least 8 characters.',
        },
      },
    });
  });

  test('an empty form says what to enter', () => {
    const parsed = parseForm(signInSchema, form({}));
    expect(parsed.ok ? {} : parsed.state.fieldErrors).toEqual({
      email: 'Enter your e-mail address.',
      password: 'Enter your password.',
    });
  });

  test('a password that the auth server would cut off is refused', () => {
    expect(signUpSchema.safeParse({ email: 'a@b.example', password: 'ü'.repeat(40) }).success).toBe(false);
  });

  test('two different new passwords are pointed out at the second field', () => {
    const parsed = parseForm(newPasswordFormSchema, form({ password: 'long enough', repeated: 'long enuogh' }));
    expect(parsed.ok ? {} : parsed.state.fieldErrors).toEqual({ repeated: 'The two passwords differ.' });
  });

  test('too many attempts name the time to wait', () => {
    const error = new AppError('rate_limited', { retryAt: new Date(Date.now() + 6.5 * 60_000) });
    expect(formFailure(error, form({})).message).toBe('Too many attempts. Try again in 7 minutes.');
  });
});
