import { z } from 'zod';

const percent = z.number().nullable();

/** One employer's return for one reporting year, as it is kept. Percent of men's pay; negative: women are paid more. */
export const payGapReturnSchema = z.object({
  /** The year in which the reporting year begins: 2021 for "2021 to 2022". */
  reporting_year: z.int(),
  employer_name: z.string(),
  /** Names the employer's page on the service; null in exports before 2020. */
  employer_id: z.string().nullable(),
  /** Such as "250 to 499"; null where the employer did not say. */
  size_band: z.string().nullable(),
  mean_hourly_percent: percent,
  median_hourly_percent: percent,
  mean_bonus_percent: percent,
  median_bonus_percent: percent,
  /** "Name (Title)", as published. */
  responsible_person: z.string().nullable(),
  report_url: z.string().nullable(),
  submitted_on: z.iso.date().nullable(),
  submitted_late: z.boolean(),
});

/** What the table holds about a company, and what it holds at all. */
export const payGapReturnsSchema = z.object({
  /** Reporting years of which an export was imported. */
  years: z.array(z.int()),
  /** When a row was last written; null for an empty table. */
  imported_at: z.iso.datetime({ offset: true }).nullable(),
  /** Newest first. */
  returns: z.array(payGapReturnSchema),
});

export type PayGapReturn = z.infer<typeof payGapReturnSchema>;
export type PayGapRow = PayGapReturn & { company_number: string };
export type PayGapReturns = z.infer<typeof payGapReturnsSchema>;
