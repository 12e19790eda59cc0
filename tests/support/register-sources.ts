import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import {
  chargeListSchema,
  companyProfileSchema,
  filingHistorySchema,
  insolvencySchema,
  officerListSchema,
  pscListSchema,
  pscStatementListSchema,
} from '@/lib/sources/companies-house/schema';
import { gazetteNoticesSchema } from '@/lib/sources/gazette/schema';
import { payGapReturnsSchema } from '@/lib/sources/gender-pay-gap/schema';
import { gleifEntitySchema } from '@/lib/sources/gleif/schema';
import { newsSchema } from '@/lib/sources/news/schema';
import { contractAwardsSchema } from '@/lib/sources/procurement/schema';
import type { SourceData, SourceId, Sources } from '@/lib/sources/registry';
import type { SourceOutcome } from '@/lib/sources/source';
import { websiteSchema } from '@/lib/sources/website/schema';

const SCHEMAS: { [K in SourceId]?: z.ZodType<SourceData[K]> } = {
  'companies_house.profile': companyProfileSchema,
  'companies_house.officers': officerListSchema,
  'companies_house.filing_history': filingHistorySchema,
  'companies_house.psc': pscListSchema,
  'companies_house.psc_statements': pscStatementListSchema,
  'companies_house.charges': chargeListSchema,
  'companies_house.insolvency': insolvencySchema,
  'gleif.entity': gleifEntitySchema,
  'contracts_finder.awards': contractAwardsSchema,
  'find_a_tender.awards': contractAwardsSchema,
  'gazette.notices': gazetteNoticesSchema,
  'gender_pay_gap.returns': payGapReturnsSchema,
  'website.pages': websiteSchema,
  'news.articles': newsSchema,
};
const FILES: { [K in SourceId]?: string } = {
  'companies_house.profile': '',
  'companies_house.officers': 'officers',
  'companies_house.filing_history': 'filing-history',
  'companies_house.psc': 'persons-with-significant-control',
  'companies_house.psc_statements': 'persons-with-significant-control-statements',
  'companies_house.charges': 'charges',
  'companies_house.insolvency': 'insolvency',
};
const DEMO = fileURLToPath(new URL('../../sandbox/recordings/companies-house/company/', import.meta.url));

/** A raw answer per source, or why there is none. A source that is not named answers that it has nothing. */
export type RawAnswers = { [K in SourceId]?: unknown };

export const RETRIEVED_AT = '2026-11-23T09:00:00.000Z';

/** Sources that answer with given documents: what a domain sees, without network and clock. */
export function registerSources(answers: RawAnswers): Sources & { reads: SourceId[] } {
  const reads: SourceId[] = [];
  async function read<K extends SourceId>(id: K): Promise<SourceOutcome<SourceData[K]>> {
    reads.push(id);
    const raw = answers[id];
    const origin = originOf(id);
    if (raw === undefined) return { outcome: 'empty', origin, reason: 'The register has nothing here.' };
    const down = raw as Partial<{ unavailable: string; skipped: string }>;
    if (down.unavailable) {
      return {
        outcome: 'unavailable',
        source: id,
        code: 'provider_unavailable',
        reason: down.unavailable,
        retryAt: null,
        at: RETRIEVED_AT,
      };
    }
    if (down.skipped) return { outcome: 'skipped', source: id, reason: down.skipped, at: RETRIEVED_AT };
    // The schema of a source parses into the type of that source, which the table of schemas cannot express.
    return { outcome: 'ok', data: (SCHEMAS[id]?.parse(raw) ?? raw) as SourceData[K], origin };
  }
  // What a test gives counts as kept.
  return { reads, read, readKept: read };
}

/** The recorded answers of a demo company. */
export function demoAnswers(companyNumber: string): RawAnswers {
  const found = Object.entries(FILES).flatMap(([id, name]) => {
    const file =
      name === '' ? path.join(DEMO, `${companyNumber}.json`) : path.join(DEMO, companyNumber, `${name}.json`);
    return existsSync(file) ? [[id, JSON.parse(readFileSync(file, 'utf8'))] as const] : [];
  });
  return Object.fromEntries(found);
}

/** What a job hands to a domain: these sources and a fixed day. */
export function contextOf(answers: RawAnswers, today = '2026-11-23') {
  return {
    sources: registerSources(answers),
    now: () => new Date(`${today}T12:00:00Z`),
    signal: new AbortController().signal,
  };
}

export function history(items: readonly object[]) {
  return { filing_history_status: 'filing-history-available', total_count: items.length, items };
}

function originOf(source: SourceId) {
  return {
    source,
    title: source,
    url: `https://find-and-update.company-information.service.gov.uk/company/00000000/${FILES[source] ?? ''}`,
    sourceType: 'register',
    retrievedAt: RETRIEVED_AT,
    publishedAt: null,
    sha256: 'a'.repeat(64),
    reliability: 0.98,
    stale: false,
  };
}
