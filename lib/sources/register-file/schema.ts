import { z } from 'zod';

/** Counted no further: the busiest addresses have a hundred thousand companies, and what matters is that there are many. */
export const MOST_COUNTED = 1_000;

/** What the table of companies holds about the registered office of one of them. */
export const companiesAtAddressSchema = z.object({
  /** Whether so many companies are known that counting them says something. */
  is_imported: z.boolean(),
  /** Day of the newest imported file; null where none was noted. */
  file_of: z.iso.date().nullable(),
  imported_at: z.iso.datetime({ offset: true }).nullable(),
  /** Null where the company or its address is not known. */
  office: z
    .object({
      line_1: z.string(),
      postal_code: z.string(),
      /** Other live companies with this postcode and first line. */
      others: z.int().min(0),
    })
    .nullable(),
});

export type CompaniesAtAddress = z.infer<typeof companiesAtAddressSchema>;
