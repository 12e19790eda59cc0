import { writtenDay } from '@/lib/companies/register/calendar';
import { type DirectorChange, findDirectorChanges } from '@/lib/companies/register/director-changes';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import { citeFiling, type Detector, toSignal } from '../detector';

const WHY_APPOINTED =
  'A new director often reviews suppliers and plans in the first months. A statutory director is not automatically the buyer.';
const WHY_LEFT = 'A director has left the board: a contact may be gone, and a successor may decide differently.';

/** Directors who joined or left, dated by the appointment or its end and not by the filing. */
export const directorChanges: Detector = {
  name: 'director_changes',
  label: 'directors who came or went',
  type: 'executive_change',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.profile', 'companies_house.officers'],
  detect(register) {
    const incorporation = incorporatedOn(register.profile, register.filings);
    return findDirectorChanges(register.filings, register.officers, incorporation).flatMap((change) => {
      const cite = citeFiling(change);
      const day = writtenDay(change.changedOn);
      return toSignal(register, {
        ...cite,
        kind: change.kind === 'appointed' ? 'director_appointed' : 'director_left',
        title: titleOf(change, day),
        why: change.kind === 'appointed' ? WHY_APPOINTED : WHY_LEFT,
        happenedOn: change.changedOn,
        snippet: cite.snippet.includes(day) ? cite.snippet : `${cite.snippet}; on ${change.changedOn}`,
        dayIsStated: change.dayIsStated,
        doubtful: change.correctedOn !== null,
        // A company on the board is seldom a person to talk to.
        ...(change.isCompany ? { strength: 'medium' } : {}),
      });
    });
  },
};

function titleOf({ kind, name, dayIsStated }: DirectorChange, day: string): string {
  const when = dayIsStated ? `on ${day}` : `(filed on ${day})`;
  if (kind === 'appointed')
    return `${name ?? 'A director'} ${name ? 'joined as a director' : 'joined the board'} ${when}`;
  return `${name ?? 'A director'} ${name ? 'left as a director' : 'left the board'} ${when}`;
}
