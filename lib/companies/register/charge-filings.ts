import type { Charge, Filing } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';
import { describedBy, filedOn, hasType, type PlacedFiling, placed, valueDay, valueText } from './filing-values';

/** Registrations of a new charge: today's forms and their predecessors of 2009 to 2013. */
const NEW_CHARGE_TYPES = new Set(['MR01', 'MR08', 'LLMR01', 'LLMR08', 'MG01', 'LLMG01', 'MG01S', '395', '410(Scot)']);
const NEW_CHARGE = /^mortgage-create-with(out)?-deed/;
const SATISFIED = /^mortgage-satisfy-charge/;

const PENSION = /\b(pension|superannuation|retirement benefits?)\b/i;
const RENT_DEPOSIT = /\brent(al)?\s+deposit|\bdeposit deed\b|\bdeed of (rent )?deposit\b/i;

export type ChargeEvent = PlacedFiling & {
  kind: 'created' | 'satisfied';
  inFull: boolean;
  happenedOn: string;
  dayIsStated: boolean;
  /** Number or code as the filing gives it. */
  chargeNumber: string | null;
  charge: Charge | null;
  /** Place in the charges list; null when the charge was not found there. */
  chargeIndex: number | null;
  lenders: string[];
  /** Security that is not lending: for a pension scheme, or a tenant's rent deposit. */
  otherPurpose: 'pension' | 'rent_deposit' | null;
};

/** New and paid-off charges of the filing history, joined with the charges list where it knows them. */
export function findChargeEvents(filings: readonly Filing[], charges: readonly Charge[]): ChargeEvent[] {
  return placed(filings).flatMap(({ filing, index }) => {
    const kind = eventKind(filing);
    if (kind === null) return [];
    const chargeNumber = valueText(filing, 'charge_number');
    const chargeIndex = findCharge(filing, chargeNumber, charges);
    const charge = chargeIndex === null ? null : (charges[chargeIndex] ?? null);
    const stated = statedDay(filing, kind, charge);
    const happenedOn = stated ?? filedOn(filing);
    if (happenedOn === null) return [];
    return [
      {
        filing,
        index,
        kind,
        inFull: !describedBy(filing, /-part(-|$)/),
        happenedOn,
        dayIsStated: stated !== null,
        chargeNumber,
        charge,
        chargeIndex: charge === null ? null : chargeIndex,
        lenders: lendersOf(charge),
        otherPurpose: otherPurposeOf(charge),
      },
    ];
  });
}

function eventKind(filing: Filing): ChargeEvent['kind'] | null {
  if (hasType(filing, NEW_CHARGE_TYPES) || describedBy(filing, NEW_CHARGE)) return 'created';
  return describedBy(filing, SATISFIED) ? 'satisfied' : null;
}

/** By the filing's id among the charge's transactions, which is certain, else by the charge's code or number. */
function findCharge(filing: Filing, chargeNumber: string | null, charges: readonly Charge[]): number | null {
  const id = filing.transaction_id;
  const byTransaction = id ? charges.findIndex((charge) => JSON.stringify(charge.transactions ?? []).includes(id)) : -1;
  if (byTransaction >= 0) return byTransaction;
  if (chargeNumber === null) return null;
  const byNumber = charges.findIndex(
    (charge) =>
      charge.charge_code === chargeNumber || (!charge.charge_code && String(charge.charge_number) === chargeNumber),
  );
  return byNumber >= 0 ? byNumber : null;
}

function statedDay(filing: Filing, kind: ChargeEvent['kind'], charge: Charge | null): string | null {
  if (kind === 'created') {
    return valueDay(filing, 'charge_creation_date') ?? toDay(charge?.created_on) ?? toDay(filing.action_date);
  }
  return valueDay(filing, 'mortgage_satisfaction_date') ?? toDay(charge?.satisfied_on) ?? toDay(filing.action_date);
}

function lendersOf(charge: Charge | null): string[] {
  return (charge?.persons_entitled ?? []).flatMap(({ name }) => {
    const text = name?.replace(/\s+/g, ' ').trim();
    return text ? [text] : [];
  });
}

function otherPurposeOf(charge: Charge | null): ChargeEvent['otherPurpose'] {
  if (charge === null) return null;
  if (lendersOf(charge).some((name) => PENSION.test(name))) return 'pension';
  const text = [charge.classification, charge.particulars, charge.secured_details]
    .map((part) => part?.description ?? '')
    .join(' ');
  return RENT_DEPOSIT.test(text) ? 'rent_deposit' : null;
}
