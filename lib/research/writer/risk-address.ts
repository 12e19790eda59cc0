import { MOST_COUNTED } from '@/lib/sources/register-file/schema';
import type { SectionFacts } from '../draft/section-facts';
import { counted, fact, phrase } from './phrases';
import { type Cited, cited, say } from './say';

/** How many others share the registered office: a fact, of which only the size is remarked on. */
export function writeAddress(facts: SectionFacts): (Cited | null)[] {
  const others = facts.statement('same_address_companies');
  if (others === null) return [];
  const count = Number(others.value);
  const number = cited(others, () =>
    count === 0
      ? 'No other company'
      : `${count >= MOST_COUNTED ? 'At least ' : ''}${counted(count, 'other company', 'other companies').replace(/^\d+/, count.toLocaleString('en-GB'))}`,
  );
  const share = count < 2 ? 'shares' : 'share';
  const where =
    say`of the imported register file of ${fact(facts, 'same_address_file')}` ?? say`of the imported register`;
  const remark = phrase(
    facts,
    'mass_registration_address',
    'An address that many companies are registered at is often that of an agent or an accountant',
  );
  return [
    say`${number} ${where} ${share} this registered address.`,
    facts.statement('mass_registration_address')?.value === true
      ? say`${remark}; it says little about where the company works.`
      : null,
  ];
}
