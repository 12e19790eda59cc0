import { cn } from './cn';

type ProgressProps = {
  /** 0 to 100. */
  value: number;
  /** What is progressing, for screen readers. */
  label: string;
  tone?: 'accent' | 'success' | 'warning' | 'danger' | 'neutral';
  className?: string;
};

const TONES = {
  accent: 'bg-accent',
  success: 'bg-success-solid',
  warning: 'bg-warning-solid',
  danger: 'bg-danger-solid',
  neutral: 'bg-border-strong',
};

export function Progress({ value, label, tone = 'accent', className }: ProgressProps) {
  const percent = Math.min(100, Math.max(0, Math.round(value)));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-hover', className)}
    >
      <div
        className={cn('h-full rounded-full transition-[width] duration-500 ease-out', TONES[tone])}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
