import { AppError } from '@/lib/errors';
import type { SourceDefinition } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import type { SourceOrigin } from '../source';
import type { CompaniesAtAddress } from './schema';

const ID = 'register_file.same_address';
const FILES = 'https://download.companieshouse.gov.uk/en_output.html';
export const NOT_IMPORTED = "The register's file of all companies has not been imported.";
const NO_ADDRESS =
  "The imported file of the register gives no address of this company that others' could be compared with.";

/** How many other companies have the registered office of this one, counted in our own table; nobody is asked. */
export const sameAddressSource: SourceDefinition<CompaniesAtAddress> = {
  id: ID,
  async read(ctx, { companyNumber }) {
    const at = ctx.now().toISOString();
    try {
      const data = await ctx.imported.addresses.companiesAtAddressOf(companyNumber);
      ctx.signal.throwIfAborted();
      if (!data.is_imported) return { outcome: 'skipped', source: ID, reason: NOT_IMPORTED, at };
      const origin = originOf(data, at);
      return data.office === null ? { outcome: 'empty', origin, reason: NO_ADDRESS } : { outcome: 'ok', data, origin };
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!(error instanceof AppError) || error.code !== 'database_unavailable') throw error;
      const reason = 'The imported companies could not be read.';
      return { outcome: 'unavailable', source: ID, code: error.code, reason, retryAt: null, at };
    }
  },
};

function originOf(data: CompaniesAtAddress, at: string): SourceOrigin {
  return {
    source: ID,
    title: 'Companies House: file of all companies',
    url: FILES,
    sourceType: 'open_data',
    // The file says what it says since it was imported.
    retrievedAt: data.imported_at === null ? at : new Date(data.imported_at).toISOString(),
    publishedAt: data.file_of,
    sha256: sha256(JSON.stringify(data)),
    reliability: 0.98,
    stale: false,
  };
}
