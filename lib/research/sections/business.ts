import { sicSection, sicText } from '@/lib/companies/enumerations/sic-text';
import type { SectionDraft } from '../draft/section-draft';
import { type Answered, cite } from '../evidence/citations';
import { writeBusiness } from '../writer/business';
import { stateAwards } from './business-awards';
import { classifyOwnWords } from './business-classification';
import { copyFiledActivity } from './business-filed-activity';
import { statePayGap } from './business-pay-gap';
import { copyOwnDescription } from './business-website';
import type { SectionDefinition } from './section-definition';

const NO_MARKET = 'None of the sources that are read names its competitors or measures its market.';

const NO_WORDS = 'Neither its codes, its filed accounts nor a web site of its own say it.';

export const business: SectionDefinition = {
  id: 'business',
  title: 'Business, market and customers',
  weight: 0.12,
  label: 'Working out what the company does',
  required: ['sic_codes'],
  write: writeBusiness,
  async collect(draft) {
    const profile = await draft.read('companies_house.profile');
    const codes = draft.copy('sic_codes', profile, '$.sic_codes');
    const filed = await copyFiledActivity(draft);
    const own = await copyOwnDescription(draft, filed === null ? 'what_it_does' : 'own_description');
    const isDescribed = filed !== null || own !== null;
    if (profile.outcome === 'ok' && codes !== null) {
      stateActivities(draft, profile, profile.data.sic_codes ?? [], !isDescribed);
    } else if (!isDescribed) draft.gap('what_it_does', 'not_found', NO_WORDS);
    await stateAwards(draft);
    await statePayGap(draft);
    await classifyOwnWords(draft, filed, profile.outcome === 'ok' ? (profile.data.sic_codes ?? []) : []);
    draft.gap('market', 'not_found', NO_MARKET);
  },
};

/** The official words of each code, and the little that can be inferred from them. */
function stateActivities(draft: SectionDraft, profile: Answered, codes: readonly string[], isAllWeKnow: boolean): void {
  const activities = codes.map((code) => ({ code, text: sicText(code), section: sicSection(code) }));
  const citations = codes.map((_, index) => cite(profile, `$.sic_codes[${index}]`));
  draft.state({ field: 'sic_activities', value: activities, method: 'parsed', citations });
  if (!isAllWeKnow) return;
  const areas = areasOf(activities);
  if (areas.length === 0) draft.gap('what_it_does', 'not_found', NO_WORDS);
  else draft.state({ field: 'what_it_does', value: areas, method: 'inferred', citations });
}

/** The sections of the list that the codes belong to; codes of older lists have none, and speak for themselves. */
function areasOf(activities: readonly { code: string; text: string; section: { text: string } | null }[]): string[] {
  const told = activities.flatMap(({ code, text, section }) => section?.text ?? (text === code ? [] : text));
  return [...new Set(told)];
}
