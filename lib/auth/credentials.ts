import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 8;
/** bcrypt, which the auth server uses, reads no more than 72 bytes. */
const MAX_PASSWORD_BYTES = 72;

export const emailSchema = z
  .string({ error: 'Enter your e-mail address.' })
  .trim()
  .toLowerCase()
  .min(1, 'Enter your e-mail address.')
  .pipe(
    z.email('This is not an e-mail address. It looks like name@example.com.').max(254, 'This address is too long.'),
  );

const newPasswordSchema = z
  .string({ error: 'Choose a password.' })
  .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters.`)
  .refine((value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES, 'Use at most 72 characters.');

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.'),
});
export const signUpSchema = z.object({ email: emailSchema, password: newPasswordSchema });
export const recoverSchema = z.object({ email: emailSchema });
export const newPasswordFormSchema = z
  .object({ password: newPasswordSchema, repeated: z.string({ error: 'Repeat the password.' }) })
  .refine(({ password, repeated }) => password === repeated, {
    path: ['repeated'],
    message: 'The two passwords differ.',
  });
