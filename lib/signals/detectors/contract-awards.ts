import { companyNameKey } from '@/lib/companies/name-key';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { Register } from '@/lib/companies/register/register';
import type { MatchedAward } from '@/lib/sources/procurement/schema';
import { type Detector, toSignal } from '../detector';

const SOURCES = ['contracts_finder.awards', 'find_a_tender.awards'] as const;

type Placed = { award: MatchedAward; index: number; source: (typeof SOURCES)[number] };

/** Public contracts won: more work to do, and money that is sure to come. */
export const contractAwards: Detector = {
  name: 'contract_awards',
  label: 'public contracts won',
  type: 'expansion',
  needs: SOURCES,
  uses: [],
  detect: (register) =>
    awardsOf(register).flatMap(({ award, index, source }) => {
      const happenedOn = award.awarded_on ?? award.published_on;
      const buyer = award.buyer === null ? '' : ` by ${award.buyer}`;
      return toSignal(register, {
        kind: 'contract_award',
        title: `Public contract awarded${buyer} on ${writtenDay(happenedOn)}: ${award.title}`,
        why: 'The company has won public work: it will need people, supplies and systems to deliver it.',
        happenedOn,
        dayIsStated: award.awarded_on !== null,
        // A name and a postcode are nearly always right; a number always is.
        doubtful: award.matched_by === 'name_and_postcode',
        eventId: `${award.ocid}:${award.award_id}`,
        source,
        locator: `$.awards[${index}]`,
        snippet: snippetOf(award),
      });
    }),
};

/** Larger contracts are announced on both services: the same contract is told once. */
function awardsOf(register: Register): Placed[] {
  const told = new Map<string, Placed>();
  for (const source of SOURCES) {
    const awards = register.dataOf(source)?.awards ?? [];
    for (const [index, award] of awards.entries()) {
      const key = [companyNameKey(award.title), companyNameKey(award.buyer ?? ''), award.awarded_on].join('|');
      if (!told.has(key)) told.set(key, { award, index, source });
    }
  }
  return [...told.values()];
}

function snippetOf({ title, buyer, amount, currency, awarded_on, published_on, supplier_name }: MatchedAward): string {
  const parts = [
    `Award “${title}”`,
    buyer === null ? '' : `buyer: ${buyer}`,
    `supplier: ${supplier_name}`,
    awarded_on === null ? '' : `awarded on ${awarded_on}`,
    `published on ${published_on}`,
    amount === null || currency === null ? '' : `value: ${currency} ${amount}`,
  ];
  return parts.filter(Boolean).join(', ');
}
