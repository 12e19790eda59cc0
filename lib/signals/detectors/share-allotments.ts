import { daysBetween, writtenDay } from '@/lib/companies/register/calendar';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import type { Register } from '@/lib/companies/register/register';
import { findShareAllotments, type ShareAllotment } from '@/lib/companies/register/share-allotments';
import { citeFiling, type Detector, toSignal } from '../detector';
import type { SignalKind } from '../kinds';
import { fundingsInTheNews } from './news-events';

const NOT_THE_AMOUNT =
  'New shares often mean new money, but the register’s list does not say how much was paid: the amount stands in the filed form.';

/** Design note research 1.8: news and an allotment so close to each other are of one funding. */
const SAME_FUNDING_DAYS = 60;

type News = ReturnType<typeof fundingsInTheNews>[number];

/** Funding from allotments of shares. No amount is ever stated: the filing's figure is total nominal capital. */
export const shareAllotments: Detector = {
  name: 'share_allotments',
  label: 'new shares',
  type: 'funding',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.profile', 'news.articles'],
  detect(register) {
    const incorporation = incorporatedOn(register.profile, register.filings);
    const allotments = findShareAllotments(register.filings, incorporation);
    const news = newsOf(allotments, register);
    return allotments.flatMap((allotment) => {
      const reports = news.get(allotment) ?? [];
      const cite = citeFiling(allotment);
      return toSignal(register, {
        ...cite,
        kind: kindOf(allotment, reports),
        title: `New shares allotted on ${writtenDay(allotment.allottedOn)}`,
        why: whyItMatters(allotment, reports),
        happenedOn: allotment.allottedOn,
        // The event's own day belongs to the snippet even where the filing's text does not repeat it.
        snippet: cite.snippet.includes(writtenDay(allotment.allottedOn))
          ? cite.snippet
          : `${cite.snippet}; allotted on ${allotment.allottedOn}`,
        also: reports.map(({ place }) => place),
        dayIsStated: allotment.dayIsStated,
        doubtful: allotment.correctedOn !== null || allotment.reorganised || reports.some(isByNameOnly),
        ...(allotment.reorganised ? { strength: 'low' } : {}),
      });
    });
  },
};

/** Each funding in the news belongs to the allotment that is nearest to it, and only to that one. */
function newsOf(allotments: readonly ShareAllotment[], register: Register): Map<ShareAllotment, News[]> {
  const found = new Map<ShareAllotment, News[]>();
  for (const news of fundingsInTheNews(register)) {
    const distance = ({ allottedOn }: ShareAllotment) => Math.abs(daysBetween(allottedOn, news.on));
    const [nearest] = allotments
      .filter((allotment) => distance(allotment) <= SAME_FUNDING_DAYS)
      .sort((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) found.set(nearest, [...(found.get(nearest) ?? []), news]);
  }
  return found;
}

function kindOf({ resolutionOn }: ShareAllotment, reports: readonly News[]): SignalKind {
  if (reports.length > 0) return 'share_allotment_in_the_news';
  return resolutionOn === null ? 'share_allotment' : 'share_allotment_with_resolution';
}

/** A name without its legal form, number or place may be another company's. */
function isByNameOnly({ article }: News): boolean {
  return article.match === 'name';
}

function whyItMatters({ resolutionOn, reorganised, correctedOn }: ShareAllotment, [report]: readonly News[]): string {
  const sentences = [NOT_THE_AMOUNT];
  if (resolutionOn !== null) {
    sentences.push(
      `A resolution on articles or allotment of ${writtenDay(resolutionOn)} is what a funding round usually needs.`,
    );
  }
  if (reorganised) sentences.push('Shares were also split, merged or redeemed then, so this may be a reorganisation.');
  if (correctedOn !== null) sentences.push(`A second filing of ${writtenDay(correctedOn)} corrected it.`);
  if (report !== undefined) {
    const { outlet, quote } = report.article;
    sentences.push(`${outlet} reported funding on ${writtenDay(report.on)}: “${quote}”`);
  }
  return sentences.join(' ');
}
