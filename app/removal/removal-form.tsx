'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { requestRemovalAction } from './actions';
import { EMPTY_REMOVAL } from './removal-form-state';

const FIELDS = [
  {
    name: 'person_name',
    label: 'Full name',
    hint: 'As it stands in the register or the report.',
    autoComplete: 'name',
  },
  {
    name: 'company_number',
    label: 'Company number (optional)',
    hint: 'Leave it empty to be left out of reports on every company.',
    autoComplete: 'off',
  },
  {
    name: 'email',
    label: 'E-mail address',
    hint: 'For our answer only; forgotten 90 days after it.',
    autoComplete: 'email',
    type: 'email',
  },
] as const;

/** Works without scripts too. */
export function RemovalForm() {
  const [state, send, pending] = useActionState(requestRemovalAction, EMPTY_REMOVAL);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(state.fieldErrors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  if (state.status === 'done') return <Alert tone="success">{state.message}</Alert>;
  const entered = (name: string) => String(state.entered[name] ?? '');
  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      {state.message && <Alert tone="danger">{state.message}</Alert>}
      {FIELDS.map((field) => (
        <Field
          key={field.name}
          {...field}
          required={field.name !== 'company_number'}
          error={state.fieldErrors[field.name]}
          defaultValue={entered(field.name)}
        />
      ))}
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="removal-reason">Anything we should know (optional)</Label>
        <Textarea id="removal-reason" name="reason" rows={4} maxLength={2000} defaultValue={entered('reason')} />
      </div>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Send the request
      </Button>
    </form>
  );
}
