/** A company in words, ready to be shown: codes are already texts. */
export type CompanyView = {
  id: string;
  name: string;
  status: string | null;
  type: string | null;
  place: string | null;
  incorporatedOn: string | null;
  dissolvedOn: string | null;
  isDemo: boolean;
  /** 0 to 1; null until enriched. */
  completeness: number | null;
  enrichedAt: string | null;
};

/** Whole years since a date, in words; null below a year or without a date. */
export function ageInYears(incorporatedOn: string | null, until: Date): string | null {
  if (incorporatedOn === null) return null;
  const start = new Date(incorporatedOn);
  const before = until.toISOString().slice(5, 10) < incorporatedOn.slice(5, 10) ? 1 : 0;
  const years = until.getUTCFullYear() - start.getUTCFullYear() - before;
  if (years < 1) return null;
  return years === 1 ? '1 year' : `${years} years`;
}
