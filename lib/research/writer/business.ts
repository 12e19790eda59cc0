import { z } from 'zod';
import type { SectionFacts } from '../draft/section-facts';
import { readValue, sicValue } from '../values';
import { writeAwards, writePayGap } from './business-registers';
import { writeGaps } from './gaps';
import { inSeries } from './phrases';
import { type Cited, cited, say } from './say';

export function writeBusiness(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('what_it_does');
  const isQuoted = typeof statement?.value === 'string';
  const own = isQuoted ? cited(statement, ({ value }) => `“${String(value)}”`) : null;
  const what = isQuoted
    ? null
    : cited(statement, (inferred) => inSeries(readValue(inferred, z.array(z.string())).map((text) => `“${text}”`)));
  return [
    say`The company describes its business to the register, in self-declared codes, as: ${activities(facts)}.`,
    say`On its own web site it says what it does: ${own}.`,
    say`Judging by the codes alone, it works in the field of ${what}; this is inferred, since no description in its own words has been read.`,
    ...writeAwards(facts),
    ...writePayGap(facts),
    writeGaps(facts),
  ];
}

/** Such as "barbers (SIC 96020, section S)". */
function activities(facts: SectionFacts): Cited | null {
  return cited(facts.statement('sic_activities'), (statement) =>
    readValue(statement, z.array(sicValue))
      .map(({ code, text, section }) => {
        const where = section === null ? '' : `, section ${section.letter}`;
        return text === code ? `code ${code} of an older list${where}` : `${text} (SIC ${code}${where})`;
      })
      .join('; '),
  );
}
