import Link from 'next/link';
import type { MouseEvent } from 'react';
import { formatDate } from '@/components/format/format-value';
import { Checkbox } from '@/components/ui/checkbox';
import { LinkHint } from '@/components/ui/link-hint';
import { ageInYears, type CompanyView } from './company-view';
import { CompanyStatusBadge, DemoBadge } from './status-badge';

const COLUMNS = 'md:grid-cols-[1rem_minmax(0,2.2fr)_5.5rem_11.5rem_minmax(0,1fr)_6.5rem]';

type CompanyListProps = {
  companies: readonly CompanyView[];
  chosen: ReadonlySet<string>;
  onToggle: (index: number, event: MouseEvent<HTMLInputElement>) => void;
};

/** Companies in columns on wide screens, stacked on narrow ones. */
export function CompanyList({ companies, chosen, onToggle }: CompanyListProps) {
  const now = new Date();
  return (
    <>
      <div
        aria-hidden
        className={`hidden h-9 items-center gap-4 border-b px-4 font-medium text-muted-foreground text-xs md:grid ${COLUMNS}`}
      >
        <span className="col-start-2">Name</span>
        <span>Number</span>
        <span>Status</span>
        <span>Place</span>
        <span className="text-right">Since</span>
      </div>
      <ul aria-label="Companies" className="divide-y">
        {companies.map((company, index) => (
          <CompanyRow
            key={company.id}
            company={company}
            now={now}
            isChosen={chosen.has(company.id)}
            onToggle={(event) => onToggle(index, event)}
          />
        ))}
      </ul>
    </>
  );
}

type CompanyRowProps = {
  company: CompanyView;
  now: Date;
  isChosen: boolean;
  onToggle: (event: MouseEvent<HTMLInputElement>) => void;
};

function CompanyRow({ company, now, isChosen, onToggle }: CompanyRowProps) {
  const age = ageInYears(company.incorporatedOn, company.dissolvedOn ? new Date(company.dissolvedOn) : now);
  return (
    <li
      className={`relative grid grid-cols-[1rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-muted has-checked:bg-accent-soft md:grid ${COLUMNS}`}
    >
      {/* Above the link that covers the row, and with room around it for a finger. */}
      <label htmlFor={`choose-${company.id}`} className="relative z-10 -m-3 flex cursor-pointer p-3">
        <span className="sr-only">Choose {company.name}</span>
        {/* The click knows of the shift key, the change event does not. */}
        <Checkbox id={`choose-${company.id}`} checked={isChosen} onClick={onToggle} onChange={() => undefined} />
      </label>
      <div className="flex min-w-0 items-center gap-2">
        <Link
          href={`/companies/${company.id}`}
          prefetch={false}
          className="flex min-w-0 items-center gap-2 font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          <span className="min-w-0 break-words md:truncate" title={company.name}>
            {company.name}
          </span>
          <LinkHint />
        </Link>
        {company.isDemo && <DemoBadge />}
      </div>
      <div className="col-start-2 flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem] text-muted-foreground md:contents">
        <span>{company.id}</span>
        <span className="min-w-0 [&>*]:max-w-full [&>*]:truncate">
          <CompanyStatusBadge status={company.status} />
        </span>
        <span className="min-w-0 truncate" title={company.place ?? undefined}>
          {company.place ?? '—'}
        </span>
        <span className="md:text-right">
          {company.incorporatedOn ? (
            <time dateTime={company.incorporatedOn} title={age ? `${age} old` : 'less than a year old'}>
              {formatDate(company.incorporatedOn)}
            </time>
          ) : (
            '—'
          )}
        </span>
      </div>
    </li>
  );
}
