import type { Filing } from '@/lib/sources/companies-house/schema';
import { daysBetween, toDay } from './calendar';
import { describedBy, filedOn, type PlacedFiling, placed, secondFiledOn, valueDay } from './filing-values';

const RESOLUTION_WINDOW_DAYS = 30;
/** Articles adopted or altered, allotment authorised, pre-emption set aside, rights varied: what a funding round needs. */
const FUNDING_RESOLUTION =
  /^resolution-(adopt-(memorandum-and-)?articles|alteration-(memorandum-and-)?articles|memorandum-and-articles|securities|removal-pre-emption|varying-share-rights)$/;

export type ShareAllotment = PlacedFiling & {
  allottedOn: string;
  /** False when the filing names no day and the day of filing stands in. */
  dayIsStated: boolean;
  /** Day of a resolution on articles or allotment within 30 days; null when there is none. */
  resolutionOn: string | null;
  /** Shares were split, merged or redeemed within a day, so that the allotment may bring in no money. */
  reorganised: boolean;
  correctedOn: string | null;
};

/**
 * Allotments of new shares after the founding: form SH01, described as `capital-allotment-shares`.
 *
 * Left out: shares of the founding day, statements of capital that come with annual returns, alterations (SH02) and
 * second filings, which correct an allotment that is already in the list. The filing's `capital.figure` is the total
 * nominal capital after the allotment and never the money raised; it is not read here on purpose.
 * @param incorporation day of incorporation, or null when unknown.
 */
export function findShareAllotments(filings: readonly Filing[], incorporation: string | null): ShareAllotment[] {
  const resolutionDays = filings.filter(isFundingResolution).map(resolvedOn);
  const reorganisationDays = filings.filter((filing) => describedBy(filing, /^capital-alter-shares/)).map(allotmentDay);
  return placed(filings).flatMap(({ filing, index }) => {
    if (!describedBy(filing, /^capital-allotment-shares/)) return [];
    const allottedOn = allotmentDay(filing);
    if (allottedOn === null || (incorporation !== null && allottedOn <= incorporation)) return [];
    return [
      {
        filing,
        index,
        allottedOn,
        dayIsStated: (valueDay(filing, 'date') ?? toDay(filing.action_date)) !== null,
        resolutionOn: nearest(resolutionDays, allottedOn, RESOLUTION_WINDOW_DAYS),
        reorganised: nearest(reorganisationDays, allottedOn, 1) !== null,
        correctedOn: secondFiledOn(filing),
      },
    ];
  });
}

function allotmentDay(filing: Filing): string | null {
  return valueDay(filing, 'date') ?? toDay(filing.action_date) ?? filedOn(filing);
}

function isFundingResolution(filing: Filing): boolean {
  if (describedBy(filing, FUNDING_RESOLUTION)) return true;
  return (filing.resolutions ?? []).some(
    ({ description }) => typeof description === 'string' && FUNDING_RESOLUTION.test(description),
  );
}

function resolvedOn(filing: Filing): string | null {
  return valueDay(filing, 'resolution_date') ?? toDay(filing.action_date) ?? filedOn(filing);
}

function nearest(days: readonly (string | null)[], day: string, withinDays: number): string | null {
  const close = days
    .filter((candidate) => candidate !== null)
    .filter((candidate) => Math.abs(daysBetween(candidate, day)) <= withinDays);
  return close.sort((a, b) => Math.abs(daysBetween(a, day)) - Math.abs(daysBetween(b, day)))[0] ?? null;
}
