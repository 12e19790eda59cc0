import { accountTypeText } from '@/lib/companies/enumerations/register-text';
import { daysBetween, toDay } from '@/lib/companies/register/calendar';
import { isAccounts } from '@/lib/sources/accounts/accounts-filings';
import type { CompanyProfile, FilingHistory } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import type { Gap } from '../schema';
import { writeFinancials } from '../writer/financials';
import { stateFigures } from './financials-figures';
import type { SectionDefinition } from './section-definition';

const NONE_FILED = 'The register entry names no accounts, so none can be described.';
const NOT_DUE_YET = 'The company is young and has not filed its first accounts.';
/** Nine months after a first period of up to eighteen: later than this, first accounts are due. */
const FIRST_ACCOUNTS_DAYS = 27 * 30;
/** Codes that say that nothing is known. */
const UNKNOWN_TYPES = ['null', 'no-accounts-type-available'];
/** The kinds of accounts that only companies of a size may file. */
const SIZE_OF_TYPE: Readonly<Record<string, string>> = {
  'micro-entity': 'micro',
  small: 'small',
  'total-exemption-small': 'small',
  'total-exemption-full': 'small',
  'unaudited-abridged': 'small',
  'audited-abridged': 'small',
  medium: 'medium',
};

export const financials: SectionDefinition = {
  id: 'financials',
  title: 'Financial position',
  weight: 0.18,
  label: 'Reading the filed accounts',
  required: [
    'accounts_type',
    'accounts_period',
    'accounts_made_up_to',
    'accounts_filed_on',
    'accounts_next_due',
    'accounts_overdue',
    'net_assets',
    'employees',
  ],
  write: writeFinancials,
  async collect(draft) {
    const profile = await draft.read('companies_house.profile');
    const filings = await draft.read('companies_house.filing_history');
    const why = whyNone(profile, draft.today);
    stateLastAccounts(draft, profile, why);
    stateFilingDate(draft, profile, filings, why);
    stateNextAccounts(draft, profile);
    stateSize(draft, profile);
    await stateFigures(draft, why);
  },
};

type Profile = SourceOutcome<CompanyProfile>;

/** Why there may be no accounts at all; undefined when some were filed, or nobody knows. */
function whyNone(profile: Profile, today: string): Pick<Gap, 'reason' | 'detail'> | undefined {
  if (profile.outcome !== 'ok' || toDay(profile.data.accounts?.last_accounts?.made_up_to) !== null) return undefined;
  const created = toDay(profile.data.date_of_creation);
  return created !== null && daysBetween(created, today) <= FIRST_ACCOUNTS_DAYS
    ? { reason: 'not_applicable', detail: NOT_DUE_YET }
    : { reason: 'not_disclosed', detail: NONE_FILED };
}

function stateLastAccounts(
  draft: SectionDraft,
  profile: Profile,
  why: Pick<Gap, 'reason' | 'detail'> | undefined,
): void {
  const last = profile.outcome === 'ok' ? profile.data.accounts?.last_accounts : null;
  const since = toDay(last?.made_up_to) ?? undefined;
  const ageing = { basis: 'accounts', since, asOf: since, absent: why } as const;
  if (profile.outcome === 'ok' && UNKNOWN_TYPES.includes(last?.type ?? '')) {
    draft.absent('accounts_type', profile.origin.source, why);
  } else {
    draft.copy('accounts_type', profile, '$.accounts.last_accounts.type', { ...ageing, words: accountTypeText });
  }
  draft.copy('accounts_made_up_to', profile, '$.accounts.last_accounts.made_up_to', ageing);
  const start = toDay(last?.period_start_on);
  const end = toDay(last?.period_end_on);
  if (profile.outcome !== 'ok') draft.missing('accounts_period', profile);
  else if (start === null || end === null) draft.absent('accounts_period', profile.origin.source, why);
  else {
    const bounds = [
      cite(profile, '$.accounts.last_accounts.period_start_on', ageing),
      cite(profile, '$.accounts.last_accounts.period_end_on', ageing),
    ];
    draft.state({ field: 'accounts_period', value: { start, end }, method: 'parsed', citations: bounds, asOf: end });
    draft.computed('accounts_period_months', 'months_in_period', bounds, { unit: 'months' });
  }
}

/** The day on which the last accounts reached the register: of the filing that names the same period end. */
function stateFilingDate(
  draft: SectionDraft,
  profile: Profile,
  filings: SourceOutcome<FilingHistory>,
  why: Pick<Gap, 'reason' | 'detail'> | undefined,
): void {
  const madeUpTo = profile.outcome === 'ok' ? toDay(profile.data.accounts?.last_accounts?.made_up_to) : null;
  if (filings.outcome !== 'ok') {
    draft.missing('accounts_filed_on', filings);
    return;
  }
  if (profile.outcome !== 'ok') {
    draft.missing('accounts_filed_on', profile);
    return;
  }
  // The first filing counts: amended accounts of the same period come later, and the list is newest first.
  const index = filings.data.items.findLastIndex(
    (item) => isAccounts(item) && madeUpTo !== null && toDay(item.description_values?.made_up_date) === madeUpTo,
  );
  if (index < 0) {
    const detail = why?.detail ?? 'The filing history shows no accounts made up to that date.';
    draft.gap('accounts_filed_on', why?.reason ?? 'not_found', detail, [filings.origin.source]);
    return;
  }
  draft.copy('accounts_filed_on', filings, `$.items[${index}].date`, {
    basis: 'accounts',
    since: madeUpTo ?? undefined,
    publishedAt: toDay(filings.data.items[index]?.date),
  });
}

/** A company that has ended owes no further accounts. */
function stateNextAccounts(draft: SectionDraft, profile: Profile): void {
  const ended = profile.outcome === 'ok' && toDay(profile.data.date_of_cessation) !== null;
  const absent = ended
    ? ({ reason: 'not_applicable', detail: 'The company has ended and owes no further filings.' } as const)
    : undefined;
  const within = profile.outcome === 'ok' && profile.data.accounts?.next_accounts ? '$.accounts.next_accounts' : null;
  const [due, overdue] =
    within !== null && toDay(profile.outcome === 'ok' ? profile.data.accounts?.next_due : null) === null
      ? [`${within}.due_on`, `${within}.overdue`]
      : ['$.accounts.next_due', '$.accounts.overdue'];
  draft.copy('accounts_next_due', profile, due, { absent });
  draft.copy('accounts_overdue', profile, overdue, { absent });
}

function stateSize(draft: SectionDraft, profile: Profile): void {
  if (profile.outcome !== 'ok') return;
  const last = profile.data.accounts?.last_accounts;
  const size = SIZE_OF_TYPE[last?.type ?? ''];
  if (size === undefined) return;
  const since = toDay(last?.made_up_to) ?? undefined;
  draft.state({
    field: 'size_band',
    value: size,
    method: 'inferred',
    citations: [cite(profile, '$.accounts.last_accounts.type', { basis: 'accounts', since })],
    asOf: since,
  });
}
