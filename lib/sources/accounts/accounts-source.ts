import { parseCompanyNumber } from '@/lib/companies/company-number';
import { writtenDay } from '@/lib/companies/register/calendar';
import { AppError } from '@/lib/errors';
import { filingHistorySource } from '../companies-house/filing-history-source';
import type { SourceContext, SourceDefinition, SourceInput } from '../define-source';
import { isReported, readOutcome } from '../read-outcome';
import { type Answer, type CachedRead, readThroughCache } from '../read-through-cache';
import type { SourceOutcome } from '../source';
import { type AccountsFiling, accountsFilings } from './accounts-filings';
import { getFiledDocument } from './document-client';
import { readAccounts } from './read-accounts';
import { type AccountsFigures, type AccountsReading, accountsReadingSchema } from './schema';

const ID = 'accounts.figures';
const PUBLIC_PAGES = 'https://find-and-update.company-information.service.gov.uk';
/** Part of the key of kept readings: a better reader reads documents anew. */
const READER = 'v1';
/** A document never changes under its id. */
const LIFETIME_MS = 10 * 365 * 86_400_000;
/** Where nothing tagged was found it may have been too early, so it is asked for again. */
const NOTHING_LASTS_MS = 86_400_000;
const NONE_LISTED = 'Companies House lists no accounts of this company.';

/**
 * Figures of the last filed accounts, read from their tagged facts, and of the accounts before, which show whether
 * comparative figures were changed afterwards. Design note providers 2.2 and 2.5.
 */
export const accountsSource: SourceDefinition<AccountsFigures> = {
  id: ID,
  read(ctx, input) {
    return readOutcome(ctx, ID, ctx.provider('companies_house_documents'), async () => {
      const filings = await filingHistorySource.read(ctx, input);
      if (filings.outcome === 'unavailable' || filings.outcome === 'skipped') return { ...filings, source: ID };
      const [last, before] = filings.outcome === 'ok' ? accountsFilings(filings.data) : [];
      if (last === undefined) {
        return { outcome: 'empty', origin: { ...filings.origin, source: ID }, reason: NONE_LISTED };
      }
      const reads = [
        readFiling(ctx, input, last),
        before === undefined ? Promise.resolve(null) : readEarlier(ctx, input, before),
      ] as const;
      // Both are waited for, also where one fails: whoever reads again must not join a request that is about to fail.
      await Promise.allSettled(reads);
      const [answer, readBefore] = await Promise.all(reads);
      const earlier = answer.data === null ? null : readBefore;
      const outcome =
        answer.data === null
          ? untagged(input, last, answer)
          : toOutcome(input, [{ filing: last, answer }, ...(earlier === null ? [] : [earlier])]);
      // A document never changes; that it is the latest one is as old as the list that says so.
      const { retrievedAt, stale } = filings.origin;
      return { ...outcome, origin: { ...outcome.origin, retrievedAt, stale: stale || outcome.origin.stale } };
    });
  },
};

/** One filing, from the cache or from the Document API; `data` is null where there is nothing tagged. */
async function readFiling(
  ctx: SourceContext,
  { companyNumber }: SourceInput,
  { documentId }: AccountsFiling,
): Promise<Answer<AccountsReading>> {
  if (documentId === null) return { data: null, sha256: '', retrievedAt: ctx.now().toISOString(), stale: false };
  const access = ctx.provider('companies_house_documents');
  const cached: CachedRead<AccountsReading> = {
    key: `${ID}:${READER}:${documentId}@${access.origin}`,
    source: ID,
    lifetimeMs: LIFETIME_MS,
    parse: (body) => accountsReadingSchema.safeParse(JSON.parse(body)).data ?? null,
    fetch: async () => {
      const document = await getFiledDocument(access, documentId);
      if (document.kind === 'absent') return { outcome: 'empty', sha256: '' };
      if (document.kind === 'untagged') return { outcome: 'empty', sha256: document.sha256 };
      const data = readAccounts(document.text);
      expectSameCompany(data, companyNumber);
      return { outcome: 'ok', data, body: JSON.stringify(data), etag: null, sha256: document.sha256 };
    },
  };
  const answer = await readThroughCache(ctx, cached);
  const ageMs = ctx.now().getTime() - Date.parse(answer.retrievedAt);
  return answer.data === null && ageMs > NOTHING_LASTS_MS
    ? readThroughCache({ ...ctx, notBefore: ctx.now() }, cached)
    : answer;
}

/** Figures of another company are worse than none; a document that names no number at all came under the right one. */
function expectSameCompany({ names_company }: AccountsReading, companyNumber: string): void {
  const named = parseCompanyNumber(names_company ?? '');
  if (named !== null && named !== companyNumber) {
    throw new AppError('provider_contract', { detail: 'The accounts document names another company' });
  }
}

type Found = Extract<SourceOutcome<AccountsFigures>, { outcome: 'ok' }>;
type Nothing = Extract<SourceOutcome<AccountsFigures>, { outcome: 'empty' }>;
type ReadFiling = { filing: AccountsFiling; answer: Answer<AccountsReading> };

/** The accounts before only confirm: without them the last ones stand by themselves. */
async function readEarlier(ctx: SourceContext, input: SourceInput, filing: AccountsFiling): Promise<ReadFiling | null> {
  try {
    const answer = await readFiling(ctx, input, filing);
    return answer.data === null ? null : { filing, answer };
  } catch (error) {
    if (error instanceof AppError && isReported(error, ctx.provider('companies_house_documents'))) return null;
    throw error;
  }
}

function toOutcome({ companyNumber }: SourceInput, read: readonly ReadFiling[]): Found {
  const documents = read.flatMap(({ filing, answer: { data, sha256, retrievedAt } }) =>
    data === null
      ? []
      : [
          {
            ...data,
            document_id: filing.documentId ?? '',
            transaction_id: filing.transactionId,
            made_up_to: filing.madeUpTo,
            filed_on: filing.filedOn,
            title: titleOf(filing),
            url: pageOf(companyNumber, filing),
            retrieved_at: retrievedAt,
            sha256,
          },
        ],
  );
  const [first] = read;
  if (first === undefined) throw new Error('accounts.figures: nothing was read');
  const stale = read.some(({ answer }) => answer.stale);
  const origin = { ...originOf(companyNumber, first.filing, first.answer), stale };
  return { outcome: 'ok', data: { company_number: companyNumber, documents }, origin };
}

function untagged({ companyNumber }: SourceInput, filing: AccountsFiling, answer: Answer<AccountsReading>): Nothing {
  const madeUpTo = filing.madeUpTo === null ? '' : ` made up to ${writtenDay(filing.madeUpTo)}`;
  const reason =
    answer.sha256 === ''
      ? `The register offers no document of the accounts${madeUpTo}.`
      : `The accounts${madeUpTo} are on the register as a scan or PDF only, so their figures cannot be read.`;
  return { outcome: 'empty', origin: originOf(companyNumber, filing, answer), reason };
}

function originOf(companyNumber: string, filing: AccountsFiling, answer: Answer<AccountsReading>) {
  return {
    source: ID,
    title: titleOf(filing),
    url: pageOf(companyNumber, filing),
    sourceType: 'filed accounts',
    retrievedAt: answer.retrievedAt,
    publishedAt: filing.filedOn,
    sha256: answer.sha256,
    reliability: 0.97,
    stale: answer.stale,
  };
}

function titleOf({ madeUpTo }: AccountsFiling): string {
  return madeUpTo === null ? 'Filed accounts' : `Filed accounts made up to ${writtenDay(madeUpTo)}`;
}

/** The document as people open it; the list of filings where there is none. */
function pageOf(companyNumber: string, { transactionId, documentId }: AccountsFiling): string {
  const list = `${PUBLIC_PAGES}/company/${encodeURIComponent(companyNumber)}/filing-history`;
  if (documentId === null || transactionId === '') return list;
  return `${list}/${encodeURIComponent(transactionId)}/document?format=xhtml&download=0`;
}
