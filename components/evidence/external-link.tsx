import { ExternalLink as ExternalLinkIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { isHttpUrl } from './is-http-url';

type ExternalLinkProps = { href: string; children: ReactNode; className?: string };

/** A link out of the product. Addresses come from data, so that anything but http(s) is shown as plain text. */
export function ExternalLink({ href, children, className }: ExternalLinkProps) {
  if (!isHttpUrl(href)) return <span className={className}>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={cn('inline-flex items-baseline gap-1 text-accent-text underline-offset-4 hover:underline', className)}
    >
      <span className="min-w-0 break-words">{children}</span>
      <ExternalLinkIcon aria-hidden className="size-3 shrink-0 self-center" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
