import { writtenDay } from '@/lib/companies/register/calendar';
import { type ChargeEvent, findChargeEvents } from '@/lib/companies/register/charge-filings';
import type { Register } from '@/lib/companies/register/register';
import { citeFiling, type Detector, type SignalDraft, toSignal } from '../detector';
import type { DetectedSignal } from '../schema';

const OTHER_PURPOSE = {
  pension: {
    what: 'Security given to a pension scheme',
    why: 'The charge secures a pension scheme and is not borrowing from a lender.',
  },
  rent_deposit: {
    what: 'Rent deposit charged to a landlord',
    why: 'The charge is a tenant’s rent deposit and is not borrowing. It may go with new premises.',
  },
} as const;

/** New secured borrowing, with the lender where the charges list names one. */
export const newCharges: Detector = {
  name: 'secured_borrowing',
  label: 'new secured borrowing',
  type: 'financial_event',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.charges'],
  detect: (register) =>
    eventsOf(register, 'created', (event) => {
      const day = `${event.dayIsStated ? 'created' : 'registered'} on ${writtenDay(event.happenedOn)}`;
      if (event.otherPurpose !== null) {
        const { what, why } = OTHER_PURPOSE[event.otherPurpose];
        return { kind: 'security_not_lending', title: `${what}, ${day}`, why };
      }
      const [first, ...others] = event.lenders;
      const lender = first === undefined ? '' : ` from ${first}${others.length > 0 ? ' and others' : ''}`;
      return {
        kind: 'secured_borrowing',
        title: `New secured borrowing${lender}, ${day}`,
        why: 'The company has given security for borrowing: money for growth, or a sign of pressure. The register does not give the amount.',
      };
    }),
};

/** Charges that were paid off, in full or in part. */
export const satisfiedCharges: Detector = {
  name: 'charge_satisfactions',
  label: 'charges paid off',
  type: 'financial_event',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.charges'],
  detect: (register) =>
    eventsOf(register, 'satisfied', (event) => ({
      kind: 'charge_satisfied',
      title: `A charge was satisfied ${event.inFull ? 'in full' : 'in part'} ${
        event.dayIsStated ? 'on' : '(filed on'
      } ${writtenDay(event.happenedOn)}${event.dayIsStated ? '' : ')'}`,
      why: 'The debt behind the charge is settled or released: the company owes less, or has refinanced.',
      ...(event.inFull ? {} : { strength: 'low' }),
    })),
};

type EventText = Pick<SignalDraft, 'kind' | 'title' | 'why'> & Partial<Pick<SignalDraft, 'strength'>>;

function eventsOf(
  register: Register,
  kind: ChargeEvent['kind'],
  textOf: (event: ChargeEvent) => EventText,
): DetectedSignal[] {
  return findChargeEvents(register.filings, register.charges)
    .filter((event) => event.kind === kind)
    .flatMap((event) =>
      toSignal(register, {
        ...cite(event),
        ...textOf(event),
        happenedOn: event.happenedOn,
        dayIsStated: event.dayIsStated,
      }),
    );
}

/** The charges list says more than the filing (lender, exact days), so it is cited where it knows the charge. */
function cite(event: ChargeEvent) {
  const filing = citeFiling(event);
  if (event.charge === null || event.chargeIndex === null) return filing;
  const { charge } = event;
  const parts = [
    `Charge ${charge.charge_code ?? charge.charge_number ?? ''} (${charge.status})`,
    charge.classification?.description ?? '',
    charge.created_on ? `created on ${charge.created_on}` : '',
    charge.delivered_on ? `delivered on ${charge.delivered_on}` : '',
    charge.satisfied_on ? `satisfied on ${charge.satisfied_on}` : '',
    event.lenders.length > 0 ? `persons entitled: ${event.lenders.join('; ')}` : '',
  ];
  return {
    ...filing,
    source: 'companies_house.charges',
    locator: `$.items[${event.chargeIndex}]`,
    snippet: parts.filter((part) => part.trim() !== '').join(', '),
  } as const;
}
