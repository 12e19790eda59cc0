/** What a field is called in a sentence. A field without an entry is called by its name in words. */
const LABELS: Readonly<Record<string, string>> = {
  lei: 'legal entity identifier',
  company_number: 'company number',
  status: 'company status',
  type: 'company type',
  jurisdiction: 'place of registration',
  incorporated_on: 'incorporation date',
  sic_codes: 'self-declared business codes',
  what_it_does: 'what the company does',
  sic_agreement: 'whether the codes match the business',
  customer_type: 'customers',
  delivery_model: 'delivery model',
  geography_served: 'places served',
  demand_model: 'how demand arises',
  public_sector_customers: 'public sector customers',
  market: 'market and competitors',
  accounts_period: 'accounting period',
  accounts_made_up_to: 'date of the last accounts',
  accounts_filed_on: 'filing date of the last accounts',
  accounts_next_due: 'due date of the next accounts',
  accounts_overdue: 'whether accounts are overdue',
  profit_loss: 'profit or loss',
  employees: 'number of employees',
  group_vs_company: 'whether figures are those of a group',
  psc: 'persons with significant control',
  psc_statements: 'statements on control',
  officers_active: 'officers in office',
  board_changes_12m: 'board changes of the past year',
  key_people: 'people in charge beyond the board',
  ultimate_parent: 'ultimate parent',
  signals_checked: 'buying signals',
  website: 'web site',
  website_status: 'web site',
  tech_detected: 'technology in use',
  social_links: 'social media links',
  site_languages: 'languages of the web site',
  open_roles: 'open roles',
  tools_in_job_ads: 'tools named in job advertisements',
  confirmation_statement_overdue: 'whether the confirmation statement is overdue',
  confirmation_statement_next_due: 'due date of the next confirmation statement',
  charges_total: 'whether there are charges',
  charges_outstanding: 'whether charges are outstanding',
  insolvency_cases: 'whether there is an insolvency case',
  strike_off_notices: 'whether there is a strike-off notice',
  negative_equity: 'whether equity is negative',
  gazette_petitions: 'petitions in The Gazette',
  mass_registration_address: 'whether the address is shared by many companies',
  score: 'lead score',
  bant: 'budget, authority, need and timing',
  next_action: 'what to do next',
  openers: 'ways to begin a conversation',
  entry_person: 'best person to approach',
};

/** What a source holds, for sentences such as "could not be read". */
const SOURCE_LABELS: Readonly<Record<string, string>> = {
  'companies_house.profile': 'the register entry',
  'companies_house.officers': 'the list of officers',
  'companies_house.filing_history': 'the filing history',
  'companies_house.psc': 'the list of persons with significant control',
  'companies_house.psc_statements': 'the statements on control',
  'companies_house.charges': 'the list of charges',
  'companies_house.insolvency': 'the insolvency record',
};

export function fieldLabel(field: string): string {
  return LABELS[field] ?? field.replaceAll('_', ' ');
}

export function sourceLabel(source: string): string {
  return SOURCE_LABELS[source] ?? source.replaceAll(/[._]/g, ' ');
}
