import { cva, type VariantProps } from 'class-variance-authority';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const alertStyles = cva('flex gap-3 rounded-md border px-4 py-3 text-sm', {
  variants: {
    tone: {
      info: 'bg-muted text-foreground',
      success: 'border-transparent bg-success-soft text-success-text',
      warning: 'border-transparent bg-warning-soft text-warning-text',
      danger: 'border-transparent bg-danger-soft text-danger-text',
    },
  },
  defaultVariants: { tone: 'info' },
});

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

type AlertProps = Omit<ComponentProps<'div'>, 'title'> &
  VariantProps<typeof alertStyles> & {
    title?: ReactNode;
    /** Buttons or links that say what can be done. */
    action?: ReactNode;
  };

/** A message in the flow of the page. Failures interrupt a screen reader, the rest waits its turn. */
export function Alert({ tone, title, action, className, children, ...props }: AlertProps) {
  const Icon = ICONS[tone ?? 'info'];
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={cn(alertStyles({ tone }), className)} {...props}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-pretty">{children}</div>}
        {action && <div className="mt-1 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}
