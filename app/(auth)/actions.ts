'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { newPasswordFormSchema, recoverSchema, signInSchema, signUpSchema } from '@/lib/auth/credentials';
import { type FormState, formFailure, formMessage, parseForm } from '@/lib/auth/form-state';
import { type AttemptKind, forgetAttempts, limitAttempts } from '@/lib/auth/limit-attempts';
import { isRecoveryPassOf, RECOVERY_COOKIE } from '@/lib/auth/recovery-pass';
import { requestCookies } from '@/lib/auth/request-cookies';
import { safeNext } from '@/lib/auth/safe-next';
import { requireUser } from '@/lib/auth/session';
import { config } from '@/lib/config';
import { AppError, toAppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { logger } from '@/lib/logger';
import { sendRecoveryMail, setPassword, signIn, signUp } from '@/lib/supabase/accounts';
import { type SessionClient, sessionClient } from '@/lib/supabase/session-client';

const REFUSED =
  'This address and password do not fit together, or the address is not confirmed yet. Check both, or look for our mail.';
const CONFIRM =
  'We sent a mail to this address. Open the link in it to finish. If none comes, the address may have an account already.';
const RECOVER = 'If this address has an account, a mail with a link to choose a new password is on its way.';

/** Signs in with the fields `email` and `password`, then goes to the field `next`. */
export async function signInAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = parseForm(signInSchema, form);
  if (!parsed.ok) return parsed.state;
  const refused = await attempt(form, async () => {
    const tried = await limited('sign-in', parsed.value.email);
    const outcome = await signIn(await currentClient(), parsed.value);
    if (outcome === 'refused') return formMessage(REFUSED, form);
    await forgetAttempts(tried);
    return null;
  });
  return refused ?? redirect(safeNext(form.get('next')));
}

/** Signs in as the demonstration user of the embedded stack. */
export async function demoSignInAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { demoEmail: email, demoPassword: password } = config().embedded;
  const refused = await attempt(form, async () => {
    if (!email || !password) throw new AppError('not_found');
    const outcome = await signIn(await currentClient(), { email, password });
    return outcome === 'refused' ? formMessage('The demo user has another password now.', form) : null;
  });
  return refused ?? redirect(safeNext(form.get('next')));
}

/** Creates an account with the fields `email` and `password`. */
export async function signUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = parseForm(signUpSchema, form);
  if (!parsed.ok) return parsed.state;
  const answer = await attempt(form, async () => {
    await limited('sign-up', parsed.value.email);
    const outcome = await signUp(await currentClient(), parsed.value);
    if (outcome === 'signed_in') return null;
    if (outcome === 'confirm') return { status: 'done', fieldErrors: {}, message: CONFIRM };
    return { status: 'editing', fieldErrors: { password: outcome.weakPassword }, email: parsed.value.email };
  });
  return answer ?? redirect(safeNext(form.get('next')));
}

/** Sends a mail to choose a new password to the field `email`. */
export async function recoverAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = parseForm(recoverSchema, form);
  if (!parsed.ok) return parsed.state;
  const failure = await attempt(form, async () => {
    await limited('recover', parsed.value.email);
    await sendRecoveryMail(await currentClient(), parsed.value.email);
    return null;
  });
  return failure ?? { status: 'done', fieldErrors: {}, message: RECOVER };
}

/** Sets the new password of somebody who came by a link in a recovery mail. */
export async function setPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = parseForm(newPasswordFormSchema, form);
  if (!parsed.ok) return parsed.state;
  const failure = await attempt(form, async () => {
    const user = await requireUser();
    const store = await cookies();
    if (!(await isRecoveryPassOf(user.id, store.get(RECOVERY_COOKIE)?.value))) {
      return formMessage('The time to choose a new password is over. Ask for another mail.', form);
    }
    const refused = await setPassword(await currentClient(), parsed.value.password);
    if (refused) return { status: 'editing', fieldErrors: { password: refused } };
    store.delete(RECOVERY_COOKIE);
    return null;
  });
  // A page of its own: without the pass the form could not be shown again.
  return failure ?? redirect('/reset-password?done=1');
}

/** Turns failures into a message in the form; what is not a failure of the person is logged. */
async function attempt(form: FormData, work: () => Promise<FormState | null>): Promise<FormState | null> {
  try {
    return await work();
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.spec.status >= 500) logger().error({ code: error.code, err: error.cause }, 'auth.failed');
    return formFailure(error, form);
  }
}

async function limited(kind: AttemptKind, email: string) {
  const tried = { kind, email, ip: clientAddress(await headers()) };
  await limitAttempts(tried);
  return tried;
}

async function currentClient(): Promise<SessionClient> {
  return sessionClient(await requestCookies());
}
