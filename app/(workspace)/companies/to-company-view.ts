import type { CompanyView } from '@/components/companies/company-view';
import { companyStatusText, companyTypeText, statusDetailText } from '@/lib/companies/enumerations/register-text';
import type { Company } from '@/lib/companies/schema';

export function toCompanyView(company: Company): CompanyView {
  return {
    id: company.id,
    name: company.name,
    status: statusWords(company),
    type: company.company_type && companyTypeText(company.company_type),
    place: [company.locality, company.postal_code].filter(Boolean).join(', ') || null,
    incorporatedOn: company.incorporated_on,
    dissolvedOn: company.dissolved_on,
    isDemo: company.is_demo,
    completeness: company.completeness,
    enrichedAt: company.enriched_at,
  };
}

/** "Active", or "Active: Active proposal to strike off" where the register says more than the status. */
function statusWords({ status, status_detail: detail }: Company): string | null {
  if (status === null) return null;
  const words = companyStatusText(status);
  return detail === null ? words : `${words}: ${statusDetailText(detail).replace(/^active /i, '')}`;
}
