import { inWords } from './in-words';
import register from './register.json';

/**
 * The register's codes in the register's own words. The lists are open: Companies House adds codes without notice, so an
 * unknown code comes back as words and never fails.
 */
const lookUp = (table: Readonly<Record<string, string>>) => (code: string) =>
  Object.hasOwn(table, code) ? (table[code] ?? inWords(code)) : inWords(code);

/** `voluntary-arrangement` -> "Voluntary Arrangement". */
export const companyStatusText = lookUp(register.companyStatus);
/** `active-proposal-to-strike-off` -> "Active proposal to strike off". */
export const statusDetailText = lookUp(register.companyStatusDetail);
/** `ltd` -> "Private limited company". */
export const companyTypeText = lookUp(register.companyType);
/** `community-interest-company` -> "Community Interest Company (CIC)". */
export const companySubtypeText = lookUp(register.companySubtype);
/** `england-wales` -> "England/Wales". */
export const jurisdictionText = lookUp(register.jurisdiction);
/** `llp-designated-member` -> "LLP Designated Member". */
export const officerRoleText = lookUp(register.officerRole);
/** `ownership-of-shares-75-to-100-percent` -> "Ownership of shares – 75% or more". */
export const natureOfControlText = lookUp(register.natureOfControl);
/** `fully-satisfied` -> "Satisfied". */
export const chargeStatusText = lookUp(register.chargeStatus);
/** `creditors-voluntary-liquidation` -> "Creditors voluntary liquidation". */
export const insolvencyCaseText = lookUp(register.insolvencyCase);
/** `wound-up-on` -> "Commencement of winding up". */
export const insolvencyDateText = lookUp(register.insolvencyDate);
/** `psc-exempt-as-trading-on-uk-regulated-market` -> why the company need not name who controls it. */
export const exemptionText = lookUp(register.exemptionType);
/** `super-secure-persons-with-significant-control` -> why no details of the person are shown. */
export const superSecurePscText = lookUp(register.superSecurePsc);

const accountTypes = lookUp(register.accountType);
const pscStatements = lookUp(register.pscStatement);

/** `micro-entity` -> "Micro Entity". The register writes the word `null` where it knows no type. */
export function accountTypeText(code: string): string {
  return accountTypes(code === 'null' ? 'no-accounts-type-available' : code);
}

/**
 * @param code such as `no-individual-or-entity-with-signficant-control` (the register's own spelling).
 * @param linkedPscName `linked_psc_name` of the statement, where it speaks of a person.
 */
export function pscStatementText(code: string, linkedPscName?: string | null): string {
  return pscStatements(code).replace('{linked_psc_name}', linkedPscName ?? 'A person with significant control');
}
