/** The bulk file's own wording -> the codes of the Companies House API, so that both sources fill the same columns. */

type Status = { status: string; detail: string | null };

const STATUSES: Readonly<Record<string, Status>> = {
  active: { status: 'active', detail: null },
  'active - proposal to strike off': { status: 'active', detail: 'active-proposal-to-strike-off' },
  liquidation: { status: 'liquidation', detail: null },
  'in administration': { status: 'administration', detail: null },
  'administration order': { status: 'administration', detail: null },
  'in administration/administrative receiver': { status: 'administration', detail: null },
  'in administration/receiver manager': { status: 'administration', detail: null },
  'live but receiver manager on at least one charge': { status: 'receivership', detail: null },
  'administrative receiver': { status: 'receivership', detail: null },
  'receiver manager': { status: 'receivership', detail: null },
  'receiver manager / administrative receiver': { status: 'receivership', detail: null },
  receivership: { status: 'receivership', detail: null },
  'voluntary arrangement': { status: 'voluntary-arrangement', detail: null },
  'voluntary arrangement / administrative receiver': { status: 'voluntary-arrangement', detail: null },
  'voluntary arrangement / receiver manager': { status: 'voluntary-arrangement', detail: null },
  'converted / closed': { status: 'converted-closed', detail: null },
  'converted/closed': { status: 'converted-closed', detail: null },
};

/** Codes of the API, which some exports carry instead of the wording. */
const API_STATUSES = new Set([
  'active',
  'administration',
  'closed',
  'converted-closed',
  'dissolved',
  'insolvency-proceedings',
  'liquidation',
  'open',
  'receivership',
  'registered',
  'removed',
  'voluntary-arrangement',
]);

const TYPES: Readonly<Record<string, string>> = {
  'private limited company': 'ltd',
  'public limited company': 'plc',
  'old public company': 'old-public-company',
  'private unlimited company': 'private-unlimited',
  'private unlimited': 'private-unlimited',
  'pri/ltd by guar/nsc (private, limited by guarantee, no share capital)': 'private-limited-guarant-nsc',
  "pri/lbg/nsc (private, limited by guarantee, no share capital, use of 'limited' exemption)":
    'private-limited-guarant-nsc-limited-exemption',
  'priv ltd sect. 30 (private limited company, section 30 of the companies act)':
    'private-limited-shares-section-30-exemption',
  'limited liability partnership': 'llp',
  'limited partnership': 'limited-partnership',
  'scottish partnership': 'scottish-partnership',
  'charitable incorporated organisation': 'charitable-incorporated-organisation',
  'scottish charitable incorporated organisation': 'scottish-charitable-incorporated-organisation',
  'community interest company': 'community-interest-company',
  'registered society': 'registered-society-non-jurisdictional',
  'industrial and provident society': 'industrial-and-provident-society',
  'royal charter company': 'royal-charter',
  'overseas entity': 'registered-overseas-entity',
  'overseas company': 'oversea-company',
  'other company type': 'other',
  'investment company with variable capital': 'investment-company-with-variable-capital',
  'investment company with variable capital (securities)': 'icvc-securities',
  'investment company with variable capital(umbrella)': 'icvc-umbrella',
  'investment company with variable capital (umbrella)': 'icvc-umbrella',
  'investment company with variable capital (warrant)': 'icvc-warrant',
  'european public limited-liability company (se)': 'european-public-limited-liability-company-se',
  'united kingdom economic interest grouping': 'ukeig',
  'united kingdom societas': 'united-kingdom-societas',
  'further education and sixth form college corps': 'further-education-or-sixth-form-college-corporation',
  'protected cell company': 'protected-cell-company',
  'assurance company': 'assurance-company',
  'converted/closed': 'converted-or-closed',
};

const ACCOUNTS: Readonly<Record<string, string>> = {
  'no accounts filed': 'no-accounts-filed',
  'accounts type not available': 'no-accounts-type-available',
};
const API_ACCOUNTS = new Set([
  'full',
  'small',
  'medium',
  'group',
  'dormant',
  'interim',
  'initial',
  'total-exemption-full',
  'total-exemption-small',
  'partial-exemption',
  'audit-exemption-subsidiary',
  'filing-exemption-subsidiary',
  'micro-entity',
  'audited-abridged',
  'unaudited-abridged',
  'no-accounts-type-available',
]);

/** "Active - Proposal to Strike off" -> active, active-proposal-to-strike-off. Null for a wording nobody knows. */
export function toStatus(text: string): Status | null {
  const wording = normal(text);
  const known = Object.hasOwn(STATUSES, wording) ? STATUSES[wording] : undefined;
  return known ?? (API_STATUSES.has(wording) ? { status: wording, detail: null } : null);
}

/** "Private Limited Company" -> ltd. A code of the API stays as it is; null for a wording nobody knows. */
export function toCompanyType(text: string): string | null {
  const wording = normal(text);
  if (Object.hasOwn(TYPES, wording)) return TYPES[wording] ?? null;
  return Object.values(TYPES).includes(wording) ? wording : null;
}

/** "TOTAL EXEMPTION FULL" -> total-exemption-full. Null for a wording nobody knows. */
export function toAccountsCategory(text: string): string | null {
  const wording = normal(text);
  if (Object.hasOwn(ACCOUNTS, wording)) return ACCOUNTS[wording] ?? null;
  const code = wording.replaceAll(' ', '-');
  return API_ACCOUNTS.has(code) ? code : null;
}

function normal(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
