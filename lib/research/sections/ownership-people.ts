import { responsiblePerson } from '@/lib/sources/gender-pay-gap/responsible-person';
import type { PayGapReturns } from '@/lib/sources/gender-pay-gap/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { Website } from '@/lib/sources/website/schema';
import type { SectionDraft } from '../draft/section-draft';
import { type Citation, cite } from '../evidence/citations';
import { citeSite, onPage, ownSite } from './website-answer';

const RETURNS = 'gender_pay_gap.returns';
const SITE = 'website.pages';

type Named = { person: { name: string; role: string; source: string }; citation: Citation };

/** People in charge with their job titles, as the company publishes them: in its yearly return and on its own site. */
export async function statePeople(draft: SectionDraft): Promise<void> {
  const [returns, website] = [await draft.read(RETURNS), await draft.read(SITE)];
  const signing = whoSigned(returns);
  const shown = whoIsShown(website);
  const all = [...shown, ...signing];
  if (all.length === 0) {
    nobody(draft, returns, website);
    return;
  }
  const state = (field: string, people: readonly Named[], extra: boolean, period?: string) =>
    draft.state({
      field,
      value: people.map(({ person }) => person),
      method: 'parsed',
      citations: people.map(({ citation }) => citation),
      extra,
      ...(period !== undefined && { period }),
    });
  state('key_people', all, false);
  if (shown.length > 0) state('people_on_site', shown, true);
  if (signing.length > 0) state('pay_gap_signatory', signing, true, yearOf(returns));
}

function whoSigned(returns: SourceOutcome<PayGapReturns>): Named[] {
  const newest = returns.outcome === 'ok' ? returns.data.returns[0] : undefined;
  const person = newest?.responsible_person ? responsiblePerson(newest.responsible_person) : null;
  if (returns.outcome !== 'ok' || person === null) return [];
  const citation = cite(returns, '$.returns[0].responsible_person', {
    since: newest?.submitted_on ?? undefined,
    basis: 'accounts',
  });
  return [{ person: { ...person, source: RETURNS }, citation }];
}

function yearOf(returns: SourceOutcome<PayGapReturns>): string | undefined {
  const year = returns.outcome === 'ok' ? returns.data.returns[0]?.reporting_year : undefined;
  return year === undefined ? undefined : `${year} to ${year + 1}`;
}

function whoIsShown(website: SourceOutcome<Website>): Named[] {
  const site = ownSite(website);
  if (site === null) return [];
  return site.data.people.map(({ name, role, page, found_in: foundIn }, index) => ({
    person: { name, role, source: SITE },
    citation: cite(
      onPage(site, page, foundIn === 'json_ld' ? 'json_ld' : 'text'),
      `$.people[${index}]`,
      citeSite(site, ['name', 'role']),
    ),
  }));
}

/** Neither names anybody: what each of them came to. */
function nobody(draft: SectionDraft, returns: SourceOutcome<PayGapReturns>, website: SourceOutcome<Website>): void {
  if (website.outcome === 'unavailable') {
    draft.missing('key_people', website);
    return;
  }
  const site =
    ownSite(website) === null
      ? 'No web site was proved to be its own'
      : 'Its web site marks nobody up as its own with a job title';
  draft.gap('key_people', 'not_found', `${site}, and ${returnText(returns)}.`, [SITE, RETURNS]);
}

function returnText(returns: SourceOutcome<PayGapReturns>): string {
  switch (returns.outcome) {
    case 'ok':
      return 'its gender pay gap return names nobody with a title';
    case 'empty':
      return 'it has made no gender pay gap return, which only large employers must';
    case 'skipped':
      return 'no gender pay gap returns have been imported';
    default:
      return 'the gender pay gap returns could not be read';
  }
}
