/** From the second figure to the first in percent of the second, to one decimal place. */
export function growthPercent(current: number, previous: number): number {
  return Math.round(((current - previous) / previous) * 1_000) / 10 + 0;
}

/** How many times the second figure the first is, to two decimal places. */
export function timesOf(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100;
}

/** The first figure for every hundred of the second, to one decimal place. */
export function perHundred(part: number, whole: number): number {
  return Math.round((part / whole) * 1_000) / 10;
}
