import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';

/** Fields that the payloads of several queues share. Ids are limited to what is safe inside a Bull job id. */
export const companyIdField = z
  .string()
  .transform((value) => parseCompanyNumber(value) ?? value.trim())
  .pipe(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a company number such as 09092149'));
/** For people who read the payload; the ledger takes the company's own name when it is left out. */
export const companyNameField = z.string().trim().min(1).max(300).optional();
export const userIdField = z.guid();
export const sourcesField = z.array(z.string().trim().min(1).max(100)).max(50);
