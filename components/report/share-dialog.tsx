'use client';

import { type FormEvent, useId, useState } from 'react';
import { formatDate } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { RequestFailure } from '@/components/http/request-failure';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyField } from '@/components/ui/copy-field';
import { Dialog, DialogContent, DialogTitle } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { type Share, useShares } from './use-shares';

const PERIODS = [
  { days: 7, name: '7 days' },
  { days: 30, name: '30 days' },
  { days: 90, name: '90 days' },
  { days: 365, name: 'a year' },
];
const USUAL_DAYS = 30;

type ShareDialogProps = { reportId: string; open: boolean; onOpenChange: (open: boolean) => void };

/** Makes links to a report for people without an account, and ends them. */
export function ShareDialog({ reportId, open, onOpenChange }: ShareDialogProps) {
  const { shares, create, revoke } = useShares(reportId, { enabled: open });
  const change = (next: boolean) => {
    if (!next) create.reset();
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent aria-describedby={undefined} className="flex flex-col gap-4 p-5">
        <div>
          <DialogTitle>Share this report</DialogTitle>
          <p className="mt-1 text-pretty text-muted-foreground text-sm">
            Anybody with the link can read this report without an account until the link ends. They see nothing else of
            your workspace.
          </p>
        </div>
        <NewLink pending={create.isPending} onCreate={create.mutate} />
        {create.data && (
          <Alert tone="info" title="Copy the link now: it is not shown again">
            <CopyField label="Link to this report" value={create.data.url} />
          </Alert>
        )}
        <section aria-label="Open links" className="flex flex-col gap-2 border-t pt-4">
          <h3 className="font-medium text-sm">Open links</h3>
          {shares.isPending && <Skeleton className="h-10" />}
          {shares.isError && <RequestFailure error={shares.error} what="The links" onRetry={() => shares.refetch()} />}
          {shares.data && <OpenLinks shares={shares.data} onRevoke={revoke.mutate} />}
        </section>
        <div className="flex justify-end">
          <Button onClick={() => change(false)}>Close</Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function NewLink({ pending, onCreate }: { pending: boolean; onCreate: (days: number) => void }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCreate(Number(new FormData(event.currentTarget).get('days')));
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={id}>Ends after</Label>
        <Select id={id} name="days" defaultValue={USUAL_DAYS}>
          {PERIODS.map(({ days, name }) => (
            <option key={days} value={days}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" variant="primary" pending={pending}>
        Make a link
      </Button>
    </form>
  );
}

function OpenLinks({ shares, onRevoke }: { shares: readonly Share[]; onRevoke: (id: string) => void }) {
  const [asking, setAsking] = useState<Share | null>(null);
  if (shares.length === 0) return <p className="text-muted-foreground text-sm">Nobody else can read this report.</p>;
  return (
    <>
      <ul className="flex flex-col divide-y">
        {shares.map((share) => (
          <li key={share.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <span className="text-sm">
              Made <RelativeTime value={share.created_at} />, ends on {formatDate(share.expires_at)}
            </span>
            <Button size="sm" onClick={() => setAsking(share)}>
              End this link
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title="End this link?"
        confirm="End the link"
        refuse="Keep it"
        onConfirm={() => asking && onRevoke(asking.id)}
      >
        Whoever has it cannot open the report any more. This cannot be undone, but you can make a new link.
      </ConfirmDialog>
    </>
  );
}
