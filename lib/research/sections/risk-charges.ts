import { toDay } from '@/lib/companies/register/calendar';
import type { Charge, ChargeList } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

type Placed = { charge: Charge; index: number };
type Charges = Extract<SourceOutcome<ChargeList>, { outcome: 'ok' }>;

const SETTLED = ['fully-satisfied', 'satisfied'];
const SHOWN = ['status', 'created_on', 'satisfied_on', 'classification', 'persons_entitled'];

/** Secured debts, from the list of charges itself: the flag in the register entry is known to lag behind it. */
export async function stateCharges(draft: SectionDraft): Promise<void> {
  const charges = await draft.read('companies_house.charges');
  // Without an entry for the company, an empty list says nothing about it.
  const profile = await draft.read('companies_house.profile');
  if (charges.outcome !== 'ok' && (charges.outcome !== 'empty' || profile.outcome === 'empty')) {
    for (const field of ['charges_total', 'charges_outstanding']) draft.missing(field, charges);
    return;
  }
  const all = charges.outcome === 'ok' ? charges.data.items.map((charge, index) => ({ charge, index })) : [];
  const outstanding = all.filter(({ charge }) => !SETTLED.includes(charge.status));
  const at = ({ index }: Placed) => cite(charges, `$.items[${index}]`, { members: SHOWN });
  const list = cite(charges, '$.items');
  const total = draft.computed('charges_total', 'count', all.map(at), { unit: 'charges', context: [list] });
  const open = draft.computed('charges_outstanding', 'count', outstanding.map(at), {
    unit: 'charges',
    context: [list],
  });
  if (charges.outcome === 'ok' && outstanding.length > 0) stateOutstanding(draft, charges, outstanding);
  const flag = draft.copy('has_charges_flag', profile, '$.has_charges', { optional: true });
  if (flag !== null && (flag.value === true) !== (total.value !== 0)) {
    // Where the register contradicts itself, both sides are told.
    draft.conflict(total, flag);
    draft.conflict(open, flag);
  }
}

function stateOutstanding(draft: SectionDraft, charges: Charges, outstanding: readonly Placed[]): void {
  const newestFirst = [...outstanding].sort((a, b) => createdOn(b).localeCompare(createdOn(a)) || a.index - b.index);
  const at = ({ index }: Placed) => cite(charges, `$.items[${index}]`, { members: SHOWN });
  draft.state({
    field: 'charges',
    value: newestFirst.map(({ charge }) => toCharge(charge)),
    method: 'parsed',
    citations: newestFirst.map(at),
  });
  const [newest] = newestFirst;
  if (newest !== undefined) {
    const value = toCharge(newest.charge);
    draft.state({ field: 'newest_charge', value, method: 'parsed', citations: [at(newest)], extra: true });
  }
  const lenders = [...new Set(newestFirst.flatMap(({ charge }) => personsEntitled(charge)))];
  if (lenders.length === 0) return;
  draft.state({ field: 'lenders', value: lenders, method: 'parsed', citations: newestFirst.map(at) });
}

function toCharge(charge: Charge) {
  return {
    description: charge.classification?.description ?? null,
    status: charge.status,
    created_on: toDay(charge.created_on),
    persons_entitled: personsEntitled(charge),
  };
}

function personsEntitled(charge: Charge): string[] {
  return (charge.persons_entitled ?? []).flatMap(({ name }) => (name ? [name] : []));
}

function createdOn({ charge }: Placed): string {
  return toDay(charge.created_on) ?? '';
}
