/** Fields whose machine name does not read well as words. */
const NAMES: Readonly<Record<string, string>> = {
  psc: 'Persons with significant control',
  psc_statements: 'Statements on control',
  profit_loss: 'Profit or loss',
  group_vs_company: 'Group or company figures',
  sic_agreement: 'Whether SIC codes fit the business',
  tech_detected: 'Technology in use',
  tools_in_job_ads: 'Tools named in job advertisements',
  board_changes_12m: 'Board changes, past 12 months',
  board_changes_12m_count: 'Number of board changes, past 12 months',
  mass_registration_address: 'Address shared by many companies',
  officers_active: 'Officers in office',
  key_people: 'People in charge beyond the board',
  bant: 'Budget, authority, need, timing',
  bant_budget: 'Budget',
  bant_authority: 'Authority',
  bant_need: 'Need',
  bant_timing: 'Timing of a purchase',
  timing: 'When to call',
};

/** A field's machine name as words: `accounts_made_up_to` becomes "Accounts made up to". */
export function formatFieldName(name: string): string {
  const known = NAMES[name];
  if (known !== undefined) return known;
  if (name.endsWith('_count')) return `Number of ${lowerFirst(formatFieldName(name.slice(0, -'_count'.length)))}`;
  const words = name.replace(/[_.]+/g, ' ').trim();
  const spelled = words.replace(/\b(sic|vat|psc|lei|url|uk)\b/gi, (word) => word.toUpperCase());
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
