/** The register entry of an invented company with accounts, as JSON text. */
export function sandboxProfile(companyNumber: string, madeUpTo: string, accountType: string): string {
  return JSON.stringify({
    company_name: 'SPECIMEN ACCOUNTS LIMITED',
    company_number: companyNumber,
    company_status: 'active',
    type: 'ltd',
    jurisdiction: 'england-wales',
    date_of_creation: '2010-05-05',
    sic_codes: ['62012'],
    accounts: {
      last_accounts: { type: accountType, made_up_to: madeUpTo, period_end_on: madeUpTo },
      next_due: '2026-12-31',
      overdue: false,
    },
  });
}
