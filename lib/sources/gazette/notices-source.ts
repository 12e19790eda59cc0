import { companyNameKey } from '@/lib/companies/name-key';
import { toDay } from '@/lib/companies/register/calendar';
import { AppError } from '@/lib/errors';
import { parseDocument, parseJson } from '../outbound/json-answer';
import { providerSource } from '../provider-source';
import type { ProviderAccess } from '../providers';
import { numbersIn } from './company-numbers';
import { noticeKind } from './notice-kinds';
import { feedSchema, type GazetteEntry, type GazetteNotice, gazetteNoticesSchema } from './schema';

const SITE = 'https://www.thegazette.co.uk';
const PAGE_SIZE = 50;

/**
 * Corporate insolvency notices about a company. The search is a search of texts: it also finds notices that merely
 * mention the words, so that a notice counts only when it gives the company's number, or is headed with exactly its name
 * and gives no other number.
 */
export const gazetteSource = providerSource({
  id: 'gazette.notices',
  provider: 'gazette',
  title: 'insolvency notices',
  lifetimeHours: 24,
  reliability: 0.98,
  sourceType: 'gazette',
  schema: gazetteNoticesSchema,
  cacheKey: ({ companyNumber, companyName }) => [companyNumber, companyNameKey(companyName ?? '')].join(':'),
  page: ({ companyNumber }) => `${SITE}/insolvency/notice?${new URLSearchParams({ text: companyNumber })}`,
  emptyReason: 'The Gazette has no insolvency notice that names this company.',
  isEmpty: ({ notices }) => notices.length === 0,
  async fetch(access, { companyNumber, companyName }) {
    const [byNumber, byName] = await Promise.all([
      search(access, companyNumber),
      companyName === undefined ? [] : search(access, `"${companyName}"`),
    ]);
    const found = new Map<string, GazetteNotice>();
    for (const entry of [...byNumber, ...byName]) {
      const notice = toNotice(entry, companyNumber, companyName);
      if (notice !== null) found.set(notice.id, notice);
    }
    const json = {
      notices: [...found.values()].sort(
        (a, b) => b.published_on.localeCompare(a.published_on) || a.id.localeCompare(b.id),
      ),
    };
    return { json, body: JSON.stringify(json) };
  },
});

async function search(access: ProviderAccess, text: string): Promise<GazetteEntry[]> {
  const query = new URLSearchParams({
    text,
    categorycode: '24',
    'results-page-size': String(PAGE_SIZE),
    'sort-by': 'latest-date',
  });
  const answer = await access.get(`/insolvency/notice/data.json?${query}`);
  if (answer.status === 404) return [];
  if (answer.status !== 200) {
    throw new AppError('provider_contract', { detail: `${access.name} answered with status ${answer.status}` });
  }
  return parseDocument(access.name, feedSchema, parseJson(access.name, answer), 'notices').entry;
}

function toNotice(entry: GazetteEntry, companyNumber: string, companyName: string | undefined): GazetteNotice | null {
  const id = /\/notice\/([A-Za-z0-9-]+)$/.exec(entry.id)?.[1];
  const published = toDay(entry.published);
  const code = entry['f:notice-code'] ?? '';
  const title = entry.title?.trim() ?? '';
  if (id === undefined || published === null || title === '' || !/^24\d\d$/.test(code)) return null;
  const numbers = numbersIn(`${title} ${entry.content ?? ''}`);
  const named = companyName !== undefined && companyNameKey(title) === companyNameKey(companyName);
  const matchedBy = numbers.includes(companyNumber) ? 'company_number' : named && numbers.length === 0 ? 'name' : null;
  if (matchedBy === null) return null;
  return {
    id,
    code,
    kind: noticeKind(code, entry.category?.['@term']),
    company_name: title,
    published_on: published,
    url: `${SITE}/notice/${id}`,
    matched_by: matchedBy,
  };
}
