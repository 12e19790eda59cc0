import { writtenDay } from '@/lib/companies/register/calendar';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import { findShareAllotments, type ShareAllotment } from '@/lib/companies/register/share-allotments';
import { citeFiling, type Detector, toSignal } from '../detector';

const NOT_THE_AMOUNT =
  'New shares often mean new money, but the register’s list does not say how much was paid: the amount stands in the filed form.';

/** Funding from allotments of shares. No amount is ever stated: the filing's figure is total nominal capital. */
export const shareAllotments: Detector = {
  name: 'share_allotments',
  label: 'new shares',
  type: 'funding',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.profile'],
  detect(register) {
    const incorporation = incorporatedOn(register.profile, register.filings);
    return findShareAllotments(register.filings, incorporation).flatMap((allotment) => {
      const cite = citeFiling(allotment);
      return toSignal(register, {
        ...cite,
        kind: allotment.resolutionOn === null ? 'share_allotment' : 'share_allotment_with_resolution',
        title: `New shares allotted on ${writtenDay(allotment.allottedOn)}`,
        why: whyItMatters(allotment),
        happenedOn: allotment.allottedOn,
        // The event's own day belongs to the snippet even where the filing's text does not repeat it.
        snippet: cite.snippet.includes(writtenDay(allotment.allottedOn))
          ? cite.snippet
          : `${cite.snippet}; allotted on ${allotment.allottedOn}`,
        dayIsStated: allotment.dayIsStated,
        doubtful: allotment.correctedOn !== null || allotment.reorganised,
        ...(allotment.reorganised ? { strength: 'low' } : {}),
      });
    });
  },
};

function whyItMatters({ resolutionOn, reorganised, correctedOn }: ShareAllotment): string {
  const sentences = [NOT_THE_AMOUNT];
  if (resolutionOn !== null) {
    sentences.push(
      `A resolution on articles or allotment of ${writtenDay(resolutionOn)} is what a funding round usually needs.`,
    );
  }
  if (reorganised) sentences.push('Shares were also split, merged or redeemed then, so this may be a reorganisation.');
  if (correctedOn !== null) sentences.push(`A second filing of ${writtenDay(correctedOn)} corrected it.`);
  return sentences.join(' ');
}
