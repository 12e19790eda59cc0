import { parseCompanyNumber } from '../company-number';

/** The members that decide; the rest of the register's entries passes through. */
type Controller = {
  kind: string;
  name?: string | null | undefined;
  ceased_on?: string | null | undefined;
  ceased?: boolean | string | number | null | undefined;
  natures_of_control?: readonly string[] | null | undefined;
};
type Identification = {
  registration_number?: string | number | null | undefined;
  country_registered?: string | null | undefined;
  place_registered?: string | null | undefined;
  legal_authority?: string | null | undefined;
};
type Exemption = {
  exemption_type: string;
  items?:
    | readonly { exempt_from?: string | null | undefined; exempt_to?: string | null | undefined }[]
    | null
    | undefined;
};

/** Shares or votes of more than half, or the right to choose the board: what makes a parent (Companies Act 2006, s. 1162). */
const MAJORITY =
  /^(ownership-of-shares|voting-rights)-(50-to-75|75-to-100)-percent|^right-to-appoint-and-remove-(directors|members)/;
const BRITISH =
  /companies house|england|wales|scotland|northern ireland|united kingdom|great britain|\buk\b|cardiff|edinburgh|belfast|companies act (1985|2006)/i;
const NEARBY = /jersey|guernsey|isle of man|channel islands|gibraltar|virgin|cayman|bermuda/i;

/** Whether somebody with significant control still has it. */
export function isInForce(person: Controller): boolean {
  return !person.ceased_on && !(person.ceased === true || person.ceased === 'true' || person.ceased === 1);
}

/** Whether it is a company or partnership that holds a majority: a parent, not a mere holder of a quarter. */
export function isParent(person: Controller): boolean {
  if (!person.kind.startsWith('corporate-entity') || !person.name) return false;
  return (person.natures_of_control ?? []).some((nature) => MAJORITY.test(nature));
}

/** British numbers have eight characters; people often leave out the leading zeros. Foreign ones stay as they are. */
export function registrationNumber(identification: Identification | null | undefined): string | null {
  const number = String(identification?.registration_number ?? '').trim();
  if (number === '') return null;
  return /^\d{6,7}$/.test(number) ? number.padStart(8, '0') : number;
}

/**
 * The number under which this register knows a controlling company; null for one that is registered elsewhere. Registers
 * of other countries also have numbers of eight digits, so that the place decides; where none is given, the form does.
 */
export function britishNumber(identification: Identification | null | undefined): string | null {
  const number = parseCompanyNumber(String(identification?.registration_number ?? ''));
  return number === null || isAbroad(identification) ? null : number;
}

/** Whether a company is registered outside the United Kingdom; where nothing is said of the place, it is not taken to be. */
export function isAbroad(identification: Identification | null | undefined): boolean {
  const { country_registered: country, place_registered: place, legal_authority: law } = identification ?? {};
  const where = country?.trim() || [place, law].filter(Boolean).join(', ');
  return NEARBY.test(where) || (where !== '' && !BRITISH.test(where));
}

/** The exemption from naming who controls a company that applies on a day; the market comes before the wider rule. */
export function exemptionOn(exemptions: Readonly<Record<string, Exemption>>, day: string) {
  const inForce = Object.entries(exemptions).flatMap(([name, { exemption_type: type, items }]) => {
    const index = (items ?? []).findIndex(
      ({ exempt_from: from, exempt_to: to }) => (from ?? '') <= day && (!to || to >= day),
    );
    const spell = (items ?? [])[index];
    return spell === undefined ? [] : [{ name, type, index, from: spell.exempt_from ?? null }];
  });
  return inForce.find(({ type }) => type.startsWith('psc-exempt')) ?? inForce[0] ?? null;
}
