import { formatDate } from '@/components/format/format-value';
import { PageHeader } from '@/components/shell/page-header';
import { ageInYears, type CompanyView } from './company-view';
import { CompanyStatusBadge, DemoBadge } from './status-badge';

export function CompanyHeader({ company }: { company: CompanyView }) {
  const until = company.dissolvedOn ? new Date(company.dissolvedOn) : new Date();
  const age = ageInYears(company.incorporatedOn, until);
  const parts = [
    company.id,
    company.type,
    company.place,
    company.incorporatedOn && `incorporated ${formatDate(company.incorporatedOn)}${age ? ` (${age})` : ''}`,
  ].filter((part) => part !== null && part !== '');
  return (
    <PageHeader
      title={
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
          {company.name}
          <CompanyStatusBadge status={company.status} />
          {company.isDemo && <DemoBadge />}
        </span>
      }
    >
      <p className="flex flex-wrap gap-x-2">
        {parts.map((part, index) => (
          <span key={part}>
            {part}
            {index < parts.length - 1 && <span aria-hidden> ·</span>}
          </span>
        ))}
      </p>
      {company.isDemo && <p className="mt-1">Invented for trying things out. No such company exists.</p>}
    </PageHeader>
  );
}
