import { CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { cn } from './cn';
import { Input } from './input';
import { Label } from './label';

type FieldProps = ComponentProps<'input'> & {
  label: string;
  /** What to enter, shown under the label. */
  hint?: ReactNode;
  /** What is wrong and what to do; announced when it appears. */
  error?: string | undefined;
  /** Shown at the right of the label, such as a "Forgotten?" link. */
  aside?: ReactNode;
};

/** A labelled input whose hint and error are tied to it for screen readers. */
export function Field({ label, hint, error, aside, className, id, ...props }: FieldProps) {
  const generated = useId();
  const inputId = id ?? generated;
  const described = [hint ? `${inputId}-hint` : null, error ? `${inputId}-error` : null].filter(Boolean).join(' ');
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={inputId}>{label}</Label>
        {aside}
      </div>
      {hint && (
        <p id={`${inputId}-hint`} className="text-[0.8125rem] text-muted-foreground">
          {hint}
        </p>
      )}
      <Input
        id={inputId}
        aria-invalid={error ? true : undefined}
        aria-describedby={described === '' ? undefined : described}
        {...props}
      />
      {error && (
        <p id={`${inputId}-error`} role="alert" className="flex items-start gap-1.5 text-[0.8125rem] text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
