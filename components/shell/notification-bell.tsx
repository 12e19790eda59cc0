'use client';

import { Bell, BellOff } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';
import { formatDate } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { Skeleton } from '@/components/ui/skeleton';
import { type NotificationView, useNotifications } from './use-notifications';

/** What the user should know: new signals, and a quota that runs out. */
export function NotificationBell() {
  const [open, setOpen] = useState(false);
  const notifications = useNotifications();
  const { unread } = notifications;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
        className="relative flex size-9 shrink-0 items-center justify-center rounded-md text-muted-foreground hover:bg-hover hover:text-foreground"
      >
        <Bell aria-hidden className="size-4" />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[0.625rem] text-accent-foreground leading-4"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Notifications" className="w-96 p-0">
        <div className="flex items-center justify-between gap-3 border-b px-4 py-2">
          <h2 className="font-medium">Notifications</h2>
          <Button size="sm" disabled={unread === 0} onClick={() => notifications.read(null)}>
            Mark all as read
          </Button>
        </div>
        <NotificationList {...notifications} onFollow={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

type NotificationListProps = ReturnType<typeof useNotifications> & { onFollow: () => void };

function NotificationList({ items, pending, failed, retry, more, read, onFollow }: NotificationListProps) {
  if (pending) return <Skeleton className="m-4 h-16" />;
  if (failed && items.length === 0) {
    return (
      <div className="flex flex-col items-start gap-2 p-4">
        <p>Notifications could not be loaded.</p>
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 p-4 text-muted-foreground">
        <BellOff aria-hidden className="size-4 shrink-0" />
        Nothing yet. New signals on companies that you look at appear here.
      </p>
    );
  }
  return (
    <>
      <ul className="divide-y">
        {items.map((item) => (
          <NotificationItem
            key={item.id}
            item={item}
            onFollow={() => {
              if (item.read_at === null) read([item.id]);
              onFollow();
            }}
          />
        ))}
      </ul>
      {more && (
        <div className="border-t p-2">
          <Button size="sm" className="w-full" onClick={more}>
            Show older ones
          </Button>
        </div>
      )}
    </>
  );
}

function NotificationItem({ item, onFollow }: { item: NotificationView; onFollow: () => void }) {
  const { resets_at: resetsAt } = item.body;
  return (
    <li>
      <Link
        href={targetOf(item)}
        onClick={onFollow}
        className="flex items-start gap-2.5 px-4 py-3 hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <span
          aria-hidden
          className={cn('mt-1.5 size-2 shrink-0 rounded-full', item.read_at === null ? 'bg-accent' : 'bg-transparent')}
        />
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className={cn('break-words', item.read_at === null && 'font-medium')}>
            {item.read_at === null && <span className="sr-only">Unread: </span>}
            {item.title}
          </span>
          <span className="text-muted-foreground text-xs">
            <RelativeTime value={item.created_at} />
            {resetsAt && ` · starts again on ${formatDate(resetsAt)}`}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Signals are on their company's page, the quota is on the home page. */
function targetOf({ body }: NotificationView): Route {
  const { company_id: companyId } = body;
  return (companyId === undefined ? '/' : `/companies/${encodeURIComponent(companyId)}#signals`) as Route;
}
