import { z } from 'zod';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { readValue, sicValue } from '../values';
import { writeClassification } from './business-classification';
import { writeAwards, writePayGap } from './business-registers';
import { writeGaps } from './gaps';
import { inSeries } from './phrases';
import { type Cited, cited, say } from './say';

export function writeBusiness(facts: SectionFacts): (Cited | null)[] {
  const filed = facts.statement('filed_activity');
  const statement = facts.statement('what_it_does');
  const isQuoted = typeof statement?.value === 'string';
  const own = filed !== null ? facts.statement('own_description') : isQuoted ? statement : null;
  const what = isQuoted
    ? null
    : cited(statement, (inferred) => inSeries(readValue(inferred, z.array(z.string())).map((text) => `“${text}”`)));
  return [
    say`The company describes its business to the register, in self-declared codes, as: ${activities(facts)}.`,
    say`In its last accounts its directors say what it does: ${cited(filed, quoted)}.`,
    say`Its own web site says what it does: ${cited(own, quoted)}.`,
    say`Judging by the codes alone, it works in the field of ${what}; this is inferred, since no description in its own words has been read.`,
    ...writeClassification(facts),
    ...writeAwards(facts),
    ...writePayGap(facts),
    ...writeGaps(facts),
  ];
}

function quoted({ value }: Statement): string {
  return `“${String(value).replace(/\.$/, '')}”`;
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
