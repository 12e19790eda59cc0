import type { z } from 'zod';
import type { AppError } from '@/lib/errors';

/** What a form of the sign-in pages shows after it was sent. */
export type FormState = {
  status: 'editing' | 'done';
  /** About the form as a whole. */
  message?: string;
  /** What is wrong with a field, by its name. */
  fieldErrors: Record<string, string>;
  /** What was entered and may be shown again; never a password. */
  email?: string;
};

export const EMPTY_FORM: FormState = { status: 'editing', fieldErrors: {} };

type Parsed<T> = { ok: true; value: T } | { ok: false; state: FormState };

/** Reads a form; the first problem of each field becomes its error. */
export function parseForm<T>(schema: z.ZodType<T>, form: FormData): Parsed<T> {
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (parsed.success) return { ok: true, value: parsed.data };
  const fieldErrors: Record<string, string> = {};
  for (const issue of parsed.error.issues) fieldErrors[String(issue.path[0])] ??= issue.message;
  return { ok: false, state: { status: 'editing', fieldErrors, ...enteredEmail(form) } };
}

/** The form with a message about all of it. */
export function formMessage(message: string, form: FormData): FormState {
  return { status: 'editing', fieldErrors: {}, message, ...enteredEmail(form) };
}

/** A failure as a message in the form. */
export function formFailure(error: AppError, form: FormData): FormState {
  if (error.code !== 'rate_limited') return formMessage(error.detail, form);
  const minutes = Math.max(1, Math.ceil(((error.retryAt?.getTime() ?? 0) - Date.now()) / 60_000));
  return formMessage(`Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`, form);
}

function enteredEmail(form: FormData): { email?: string } {
  const email = form.get('email');
  return typeof email === 'string' ? { email } : {};
}
