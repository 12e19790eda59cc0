'use client';

import { type ReactNode, useActionState, useEffect, useRef } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { EMPTY_FORM, type FormState } from '@/lib/auth/form-state';

export type AuthField = {
  name: string;
  label: string;
  type: 'email' | 'password';
  autoComplete: string;
  hint?: string;
  aside?: ReactNode;
};

type AuthFormProps = {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  fields: readonly AuthField[];
  submit: string;
  /** Where to go afterwards; sent along as it is and checked by the server. */
  next?: string | undefined;
  /** Shown under the message once everything is done. */
  afterwards?: ReactNode;
  variant?: 'primary' | 'secondary';
};

/** A form of the sign-in pages. Works without scripts too; with them it keeps the page and moves to the first error. */
export function AuthForm({ action, fields, submit, next, afterwards, variant = 'primary' }: AuthFormProps) {
  const [state, send, pending] = useActionState(action, EMPTY_FORM);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(state.fieldErrors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);

  if (state.status === 'done') {
    return (
      <Alert tone="success" action={afterwards}>
        {state.message}
      </Alert>
    );
  }
  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      {state.message && <Alert tone="danger">{state.message}</Alert>}
      {next && <input type="hidden" name="next" value={next} />}
      {fields.map((field) => (
        <Field
          key={field.name}
          {...field}
          required
          error={state.fieldErrors[field.name]}
          defaultValue={field.name === 'email' ? state.email : undefined}
        />
      ))}
      <Button type="submit" variant={variant} size="lg" pending={pending} className="w-full">
        {submit}
      </Button>
    </form>
  );
}
