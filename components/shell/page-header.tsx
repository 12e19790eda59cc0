import type { ReactNode } from 'react';

type PageHeaderProps = { title: ReactNode; children?: ReactNode; actions?: ReactNode };

export function PageHeader({ title, children, actions }: PageHeaderProps) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-balance break-words font-semibold text-xl tracking-tight">{title}</h1>
        {children && <div className="text-muted-foreground">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
