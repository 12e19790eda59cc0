import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { gazetteNoticeValue, readValue } from '../values';
import { inSeries } from './phrases';
import { type Cited, cited, say } from './say';

const TOLD = 3;

/** Notices by number and notices that only bear the name are told apart: the latter may be a namesake's. */
export function writeGazette(facts: SectionFacts): (Cited | null)[] {
  const count = facts.statement('gazette_notices');
  if (count?.value === 0) {
    const none = cited(count, ({ as_of: on }) => `no insolvency notice as of ${writtenDay(on.slice(0, 10))}`);
    return [say`The Gazette has ${none} that names the company.`];
  }
  const list = facts.statement('gazette_notice_list');
  const notices = list === null ? [] : readValue(list, z.array(gazetteNoticeValue));
  const sure = notices.filter(({ matched_by: by }) => by === 'company_number');
  const named = notices.filter(({ matched_by: by }) => by === 'name');
  const told = (some: typeof notices) =>
    cited(list, () =>
      inSeries(some.slice(0, TOLD).map(({ kind, published_on: on }) => `“${kind}” of ${writtenDay(on)}`)),
    );
  const among = (some: typeof notices) => (some.length > TOLD ? 'among others ' : '');
  return [
    sure.length === 0
      ? null
      : say`Insolvency notices in The Gazette that give the company's number: ${among(sure)}${told(sure)}.`,
    named.length === 0
      ? null
      : say`About a company of exactly this name, whose number the notice does not give, The Gazette has published ${among(named)}${told(named)}.`,
  ];
}
