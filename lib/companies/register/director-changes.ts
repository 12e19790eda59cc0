import type { Filing, Officer } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';
import { describedBy, filedOn, type PlacedFiling, placed, secondFiledOn, valueDay, valueText } from './filing-values';
import { officerNameKey, presentOfficerName } from './officer-name';

const APPOINTED = /^appoint-(person|corporate)-director-/;
const LEFT = /^termination-(person-)?director-/;

export type DirectorChange = PlacedFiling & {
  kind: 'appointed' | 'left';
  /** In reading order; null when the filing names nobody. */
  name: string | null;
  isCompany: boolean;
  changedOn: string;
  dayIsStated: boolean;
  correctedOn: string | null;
};

/**
 * Directors who joined or left the board: forms AP01, AP02 and TM01.
 *
 * Changed details (CH01, CH03), secretaries (AP03, AP04, TM02) and second filings are no change of person. Changes of
 * the founding day are the formation agent's and are left out.
 * @param officers used for the day where an old filing does not state it.
 */
export function findDirectorChanges(
  filings: readonly Filing[],
  officers: readonly Officer[],
  incorporation: string | null,
): DirectorChange[] {
  const seen = new Set<string>();
  return placed(filings).flatMap(({ filing, index }) => {
    const kind = changeKind(filing);
    if (kind === null) return [];
    const name = valueText(filing, 'officer_name');
    const stated = statedDay(filing, kind) ?? dayFromOfficers(name, kind, officers);
    const changedOn = stated ?? filedOn(filing);
    if (changedOn === null || (incorporation !== null && changedOn <= incorporation)) return [];
    const key = `${kind}:${name === null ? index : officerNameKey(name)}:${changedOn}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        filing,
        index,
        kind,
        name: name === null ? null : presentOfficerName(name),
        isCompany: describedBy(filing, /^appoint-corporate-/),
        changedOn,
        dayIsStated: stated !== null,
        correctedOn: secondFiledOn(filing),
      },
    ];
  });
}

function changeKind(filing: Filing): DirectorChange['kind'] | null {
  if (describedBy(filing, APPOINTED)) return 'appointed';
  return describedBy(filing, LEFT) ? 'left' : null;
}

function statedDay(filing: Filing, kind: DirectorChange['kind']): string | null {
  const key = kind === 'appointed' ? 'appointment_date' : 'termination_date';
  return valueDay(filing, key) ?? toDay(filing.action_date);
}

function dayFromOfficers(
  name: string | null,
  kind: DirectorChange['kind'],
  officers: readonly Officer[],
): string | null {
  if (name === null) return null;
  const same = officers.filter(
    (officer) => officer.officer_role.includes('director') && officerNameKey(officer.name) === officerNameKey(name),
  );
  // Somebody who was appointed twice cannot be told apart by name.
  const [only] = same.length === 1 ? same : [];
  return toDay(kind === 'appointed' ? only?.appointed_on : only?.resigned_on);
}
