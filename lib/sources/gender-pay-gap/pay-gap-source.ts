import { createHash } from 'node:crypto';
import { AppError } from '@/lib/errors';
import type { SourceDefinition } from '../define-source';
import type { SourceOrigin } from '../source';
import type { PayGapReturns } from './schema';

const ID = 'gender_pay_gap.returns';
const SERVICE = 'https://gender-pay-gap.service.gov.uk';
const NOT_IMPORTED = 'No export of gender pay gap returns has been imported into this installation.';

/** Returns of employers with 250 or more people, from exports that an operator imported; nobody is asked over the network. */
export const payGapSource: SourceDefinition<PayGapReturns> = {
  id: ID,
  async read(ctx, { companyNumber }) {
    const at = ctx.now().toISOString();
    try {
      const data = await ctx.imported.payGap.returnsOf(companyNumber);
      ctx.signal.throwIfAborted();
      if (data.imported_at === null) return { outcome: 'skipped', source: ID, reason: NOT_IMPORTED, at };
      const origin = originOf(data, data.imported_at);
      if (data.returns.length > 0) return { outcome: 'ok', data, origin };
      return { outcome: 'empty', origin, reason: noReturn(data.years) };
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!(error instanceof AppError) || error.code !== 'database_unavailable') throw error;
      const reason = 'The imported gender pay gap returns could not be read.';
      return { outcome: 'unavailable', source: ID, code: error.code, reason, retryAt: null, at };
    }
  },
};

function originOf(data: PayGapReturns, importedAt: string): SourceOrigin {
  const employer = data.returns.find(({ employer_id: id }) => id !== null)?.employer_id;
  return {
    source: ID,
    title: 'Gender pay gap service: returns of employers',
    url: employer ? `${SERVICE}/employers/${employer}` : `${SERVICE}/viewing/download`,
    sourceType: 'open_data',
    // The export says what it says since it was imported; nobody has looked since.
    retrievedAt: new Date(importedAt).toISOString(),
    publishedAt: data.returns[0]?.submitted_on ?? null,
    sha256: createHash('sha256').update(JSON.stringify(data.returns)).digest('hex'),
    reliability: 0.95,
    stale: false,
  };
}

function noReturn(years: readonly number[]): string {
  const names = years.map((year) => `${year} to ${year + 1}`);
  return `The gender pay gap exports for ${names.join(', ')} hold no return of this company; only employers of 250 or more people must make one.`;
}
