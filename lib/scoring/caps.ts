import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { companyStatusText } from '@/lib/companies/enumerations/register-text';
import { writtenDay } from '@/lib/companies/register/calendar';
import { liveStrikeOffNotice } from '@/lib/companies/register/strike-off';
import type { Scoring } from './component';
import { cited, citeFiling } from './evidence';
import type { ScoreCap } from './schema';

const GONE = new Set(['dissolved', 'closed', 'converted-closed', 'removed']);
const INSOLVENT = new Set([
  'liquidation',
  'receivership',
  'administration',
  'voluntary-arrangement',
  'insolvency-proceedings',
]);

/** What no number of points can outweigh: the score is at most the lowest of these limits. */
export function findCaps(scoring: Scoring): ScoreCap[] {
  const status = statusCaps(scoring);
  // What led to the end of a company that is gone is history: nothing but the end counts.
  if (status.some(({ limit }) => limit === 0)) return status;
  return [...status, ...strikeOffCaps(scoring), ...dormantCaps(scoring)];
}

function statusCaps({ register }: Scoring): ScoreCap[] {
  const status = register.profile?.company_status;
  if (!status || !(GONE.has(status) || INSOLVENT.has(status))) return [];
  const citation = {
    source: 'companies_house.profile',
    locator: '$.company_status',
    snippet: `company_status: ${status}`,
  } as const;
  const is = `The register gives its status as ${lowerFirst(companyStatusText(status))}.`;
  return cited(
    register,
    citation,
    GONE.has(status) ? { text: `${is} Do not contact.`, limit: 0 } : { text: is, limit: 10 },
  );
}

function strikeOffCaps({ register }: Scoring): ScoreCap[] {
  const notice = liveStrikeOffNotice(register.filings);
  if (notice !== null) {
    const text = `A first Gazette notice for strike-off of ${writtenDay(notice.happenedOn)} is live.`;
    const citation = citeFiling(notice);
    const snippet = `${citation.snippet}; published on ${notice.happenedOn}`;
    return cited(register, { ...citation, snippet }, { text, limit: 25 });
  }
  if (register.profile?.company_status_detail !== 'active-proposal-to-strike-off') return [];
  const citation = {
    source: 'companies_house.profile',
    locator: '$.company_status_detail',
    snippet: 'company_status_detail: active-proposal-to-strike-off',
  } as const;
  return cited(register, citation, {
    text: 'The register lists an active proposal to strike the company off.',
    limit: 25,
  });
}

function dormantCaps({ register }: Scoring): ScoreCap[] {
  const type = register.profile?.accounts?.last_accounts?.type;
  if (type !== 'dormant') return [];
  const citation = {
    source: 'companies_house.profile',
    locator: '$.accounts.last_accounts.type',
    snippet: 'last_accounts.type: dormant',
  } as const;
  return cited(register, citation, { text: 'The last accounts say that the company is dormant.', limit: 20 });
}
