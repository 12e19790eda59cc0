import Link from 'next/link';
import { formatDate } from '@/components/format/format-value';
import { LinkHint } from '@/components/ui/link-hint';
import { ageInYears, type CompanyView } from './company-view';
import { CompanyStatusBadge, DemoBadge } from './status-badge';

const COLUMNS = 'md:grid-cols-[minmax(0,1fr)_6rem_12rem_minmax(0,12rem)_9rem]';

/** Companies in columns on wide screens, stacked on narrow ones. */
export function CompanyList({ companies }: { companies: readonly CompanyView[] }) {
  const now = new Date();
  return (
    <>
      <div
        aria-hidden
        className={`hidden h-9 items-center gap-4 border-b px-4 font-medium text-muted-foreground text-xs md:grid ${COLUMNS}`}
      >
        <span>Name</span>
        <span>Number</span>
        <span>Status</span>
        <span>Place</span>
        <span className="text-right">Since</span>
      </div>
      <ul aria-label="Companies" className="divide-y">
        {companies.map((company) => (
          <CompanyRow key={company.id} company={company} now={now} />
        ))}
      </ul>
    </>
  );
}

function CompanyRow({ company, now }: { company: CompanyView; now: Date }) {
  const age = ageInYears(company.incorporatedOn, company.dissolvedOn ? new Date(company.dissolvedOn) : now);
  return (
    <li
      className={`relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-muted md:grid ${COLUMNS}`}
    >
      <div className="flex w-full min-w-0 items-center gap-2 md:w-auto">
        <Link
          href={`/companies/${company.id}`}
          prefetch={false}
          className="flex min-w-0 items-center gap-2 font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          <span className="min-w-0 break-words md:truncate">{company.name}</span>
          <LinkHint />
        </Link>
        {company.isDemo && <DemoBadge />}
      </div>
      <span className="text-[0.8125rem] text-muted-foreground">{company.id}</span>
      <span className="min-w-0 [&>*]:max-w-full [&>*]:truncate">
        <CompanyStatusBadge status={company.status} />
      </span>
      <span className="min-w-0 truncate text-[0.8125rem] text-muted-foreground">{company.place ?? '—'}</span>
      <span className="text-[0.8125rem] text-muted-foreground md:text-right">
        {company.incorporatedOn ? (
          <time dateTime={company.incorporatedOn} title={age ? `${age} old` : 'less than a year old'}>
            {formatDate(company.incorporatedOn)}
          </time>
        ) : (
          '—'
        )}
      </span>
    </li>
  );
}
