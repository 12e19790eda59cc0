import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { awardValue, readValue } from '../values';
import { amountText } from './money';
import { counted, inSeries, phrase } from './phrases';
import { type Cited, cited, say } from './say';

const TOLD = 3;
const HUNDREDTHS = 100;

/** Public contracts of the company; a value that several suppliers share is not told as its own. */
export function writeAwards(facts: SectionFacts): (Cited | null)[] {
  const list = facts.statement('contract_awards');
  if (list === null) return [];
  const awards = readValue(list, z.array(awardValue));
  const count = cited(facts.statement('contract_awards_count'), ({ value }) =>
    counted(Number(value), 'public contract'),
  );
  const buyers = cited(facts.statement('public_sector_customers'), (statement) =>
    inSeries(readValue(statement, z.array(z.string())).slice(0, TOLD)),
  );
  return [
    say`It is named as the supplier of ${count} in notices of the past year.`,
    say`Its public sector customers include ${buyers}.`,
    ...awards.slice(0, TOLD).map((award) => say`${cited(list, () => awardText(award))}.`),
  ];
}

function awardText({ title, buyer, amount, currency, awarded_on: on, suppliers }: z.infer<typeof awardValue>): string {
  const by = buyer === null ? '' : ` for ${buyer}`;
  const worth =
    amount === null || currency === null
      ? null
      : `worth ${amountText({ value: Math.round(amount * HUNDREDTHS), currency })}`;
  const shared = suppliers > 1 ? `shared by ${suppliers} suppliers` : null;
  const terms = inSeries([worth, shared].filter((term) => term !== null));
  const given = on === null ? 'was awarded' : `was awarded on ${writtenDay(on)}`;
  return `The contract “${title}”${by}${terms === '' ? '' : `, ${terms},`} ${given}`;
}

/** Size band and pay gap of employers that make a return. */
export function writePayGap(facts: SectionFacts): (Cited | null)[] {
  const band = cited(facts.statement('employee_band'), ({ value, period }) =>
    value === 'Less than 250'
      ? `fewer than 250 employees in its gender pay gap return for ${period}`
      : `${String(value)} employees in its gender pay gap return for ${period}`,
  );
  const median = facts.statement('pay_gap_median_hourly');
  const gap = cited(median, ({ value, period }) => {
    const percent = Math.abs(Number(value)).toLocaleString('en-GB', { maximumFractionDigits: 2 });
    if (value === 0) return `women's median hourly pay equalled men's in the gender pay gap return for ${period}`;
    const side = Number(value) > 0 ? 'below' : 'above';
    return `women's median hourly pay was ${percent}% ${side} men's in the gender pay gap return for ${period}`;
  });
  const person = phrase(
    facts,
    'pay_gap_responsible_person',
    String(facts.statement('pay_gap_responsible_person')?.value),
  );
  return [
    say`The company reports ${band}.`,
    say`Its ${gap}.`,
    say`The person responsible for its gender pay gap return is ${person}.`,
  ];
}
