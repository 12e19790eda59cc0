import { RelativeTime } from '@/components/format/relative-time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { Removal } from '@/lib/privacy/removals';
import { decideRemovalAction } from './actions';

/** One request: who, where, why, what was decided, and the decisions that are left. */
export function RemovalRow({ removal }: { removal: Removal }) {
  const { id, person_name: name, company_id: company, email, reason, status, created_at: createdAt } = removal;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-4">
      <div className="flex min-w-0 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          <Standing removal={removal} />
        </p>
        <p className="text-muted-foreground text-sm">
          {company === null ? 'every company' : `company ${company}`} · asked <RelativeTime value={createdAt} />
          {email && (
            <>
              {' · '}
              <a href={`mailto:${email}`} className="text-accent-text underline">
                {email}
              </a>
            </>
          )}
        </p>
        {reason !== '' && <p className="max-w-prose whitespace-pre-line break-words text-sm">{reason}</p>}
      </div>
      <form action={decideRemovalAction} className="flex gap-2">
        <input type="hidden" name="id" value={id} />
        {status !== 'accepted' && (
          <Button type="submit" name="decision" value="accept" variant="primary" aria-label={`Accept: ${name}`}>
            Accept
          </Button>
        )}
        {status !== 'declined' && (
          <Button type="submit" name="decision" value="decline" aria-label={`Decline: ${name}`}>
            {status === 'accepted' ? 'Name again from now on' : 'Decline'}
          </Button>
        )}
      </form>
    </li>
  );
}

function Standing({ removal: { status, applied_at: appliedAt } }: { removal: Removal }) {
  if (status === 'open') return null;
  if (status === 'declined') return <Badge>Declined</Badge>;
  return appliedAt === null ? <Badge tone="warning">Being removed</Badge> : <Badge tone="success">Removed</Badge>;
}
