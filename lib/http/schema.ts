import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';

/** A company id in a path: a company number, padded and in upper case after parsing. */
export const companyIdSchema = z.string().transform((text, ctx) => {
  const number = parseCompanyNumber(text);
  if (number !== null) return number;
  ctx.addIssue({ code: 'custom', message: 'is not a company number (8 characters, such as 00000006 or SC123456)' });
  return z.NEVER;
});
export const companyParamsSchema = z.object({ companyId: companyIdSchema });

/** A job id in a path; Next has decoded it once, so `:` and `%3A` both arrive as `:`. */
export const jobParamsSchema = z.object({
  jobId: z.string().regex(/^[a-z-]+:[A-Za-z0-9_-]+:\d+$/, 'is not a job id (queue:company:milliseconds)'),
});

export const batchParamsSchema = z.object({ batchId: z.uuid({ error: 'is not a batch id' }) });

export const reportParamsSchema = z.object({ reportId: z.uuid({ error: 'is not a report id' }) });

/** `?force_refresh=true`; anything but true and false is an error. */
export const flagSchema = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .default('false')
  .transform((value) => value === 'true');

export const limitSchema = z.coerce.number({ error: 'must be a number' }).int().min(1).max(100).default(25);
