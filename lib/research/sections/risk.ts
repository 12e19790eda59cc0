import { toDay } from '@/lib/companies/register/calendar';
import type { SectionDraft } from '../draft/section-draft';
import { writeRisk } from '../writer/risk';
import { stateSharedAddress } from './risk-address';
import { stateTurnover } from './risk-board';
import { stateCharges } from './risk-charges';
import { stateEquity } from './risk-equity';
import { stateGazette } from './risk-gazette';
import { stateInsolvency } from './risk-insolvency';
import { stateStrikeOff } from './risk-strike-off';
import type { SectionDefinition } from './section-definition';

export const risk: SectionDefinition = {
  id: 'risk',
  title: 'Risk and compliance',
  weight: 0.1,
  label: 'Checking charges, insolvency and overdue filings',
  required: [
    'accounts_overdue',
    'confirmation_statement_overdue',
    'charges_outstanding',
    'insolvency_cases',
    'strike_off_notices',
  ],
  write: writeRisk,
  async collect(draft) {
    draft.reuse('accounts_overdue', 'financials');
    await stateConfirmation(draft);
    await stateCharges(draft);
    await stateInsolvency(draft);
    await stateStrikeOff(draft);
    await stateGazette(draft);
    await stateEquity(draft);
    draft.reuse('office_undeliverable', 'identity');
    draft.reuse('office_in_dispute', 'identity');
    await stateSharedAddress(draft);
    await stateTurnover(draft);
  },
};

/** The yearly confirmation; before 2016 the register had an annual return in its place. */
async function stateConfirmation(draft: SectionDraft): Promise<void> {
  const profile = await draft.read('companies_house.profile');
  const data = profile.outcome === 'ok' ? profile.data : null;
  const member = data?.confirmation_statement || !data?.annual_return ? 'confirmation_statement' : 'annual_return';
  const absent =
    toDay(data?.date_of_cessation) === null
      ? undefined
      : ({ reason: 'not_applicable', detail: 'The company has ended and owes no further filings.' } as const);
  draft.copy('confirmation_statement_overdue', profile, `$.${member}.overdue`, { absent });
  draft.copy('confirmation_statement_next_due', profile, `$.${member}.next_due`, { optional: true });
}
