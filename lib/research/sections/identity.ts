import { companyStatusText, companyTypeText, statusDetailText } from '@/lib/companies/enumerations/register-text';
import { toDay } from '@/lib/companies/register/calendar';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import { placeText } from '../place-text';
import { writeIdentity } from '../writer/identity';
import { stateWebsite } from './identity-website';
import type { SectionDefinition } from './section-definition';

const ADDRESS_MEMBERS = [
  'care_of',
  'po_box',
  'premises',
  'address_line_1',
  'address_line_2',
  'locality',
  'region',
  'country',
  'postal_code',
];

export const identity: SectionDefinition = {
  id: 'identity',
  title: 'Identity and status',
  weight: 0.15,
  label: 'Reading the register entry',
  required: ['company_number', 'legal_name', 'status', 'type', 'jurisdiction', 'incorporated_on', 'registered_office'],
  write: writeIdentity,
  async collect(draft) {
    const profile = await draft.read('companies_house.profile');
    draft.copy('company_number', profile, '$.company_number');
    draft.copy('legal_name', profile, '$.company_name');
    draft.copy('status', profile, '$.company_status', { words: companyStatusText });
    draft.copy('status_detail', profile, '$.company_status_detail', { words: statusDetailText, optional: true });
    draft.copy('type', profile, '$.type', { words: companyTypeText });
    draft.copy('jurisdiction', profile, '$.jurisdiction', { words: placeText });
    draft.copy('incorporated_on', profile, '$.date_of_creation');
    draft.copy('ceased_on', profile, '$.date_of_cessation', { optional: true });
    draft.copy('registered_office', profile, '$.registered_office_address', { members: ADDRESS_MEMBERS });
    draft.copy('office_undeliverable', profile, '$.undeliverable_registered_office_address', { optional: true });
    draft.copy('office_in_dispute', profile, '$.registered_office_is_in_dispute', { optional: true });
    stateAge(draft, profile);
    statePreviousNames(draft, profile);
    stateResolution(draft, profile);
    await stateIdentifier(draft);
    await stateWebsite(draft);
  },
};

/** The identifier that GLEIF has under the company number. */
async function stateIdentifier(draft: SectionDraft): Promise<void> {
  const gleif = await draft.read('gleif.entity');
  if (gleif.outcome === 'empty') draft.gap('lei', 'not_found', gleif.reason, ['gleif.entity']);
  else draft.copy('lei', gleif, '$.record.attributes.lei');
}

/** In full years: up to today, or up to the end of a company that has ended. */
function stateAge(draft: SectionDraft, profile: SourceOutcome<CompanyProfile>): void {
  if (profile.outcome !== 'ok' || toDay(profile.data.date_of_creation) === null) return;
  const from = cite(profile, '$.date_of_creation');
  const ended = toDay(profile.data.date_of_cessation) !== null;
  const until = ended ? [cite(profile, '$.date_of_cessation')] : [];
  draft.computed('age', 'full_years', [from, ...until], { unit: 'years', ...(ended ? {} : { until: draft.today }) });
}

function statePreviousNames(draft: SectionDraft, profile: SourceOutcome<CompanyProfile>): void {
  const names = profile.outcome === 'ok' ? (profile.data.previous_company_names ?? []) : [];
  if (profile.outcome !== 'ok' || names.length === 0) return;
  const citations = names.map((_, index) =>
    cite(profile, `$.previous_company_names[${index}]`, { members: ['name', 'effective_from', 'ceased_on'] }),
  );
  draft.state({
    field: 'previous_names',
    value: names.map(({ name, effective_from, ceased_on }) => ({
      name,
      effective_from: toDay(effective_from),
      ceased_on: toDay(ceased_on),
    })),
    method: 'parsed',
    citations,
  });
  draft.computed('previous_names_count', 'count', citations, { unit: 'names' });
}

/** Research starts from a company number, so that no namesake can be taken for the company. */
function stateResolution(draft: SectionDraft, profile: SourceOutcome<CompanyProfile>): void {
  if (profile.outcome !== 'ok') return;
  draft.state({
    field: 'how_resolved',
    value: { matched_by: 'company number', company_number: profile.data.company_number },
    method: 'parsed',
    citations: [cite(profile, '$.company_number')],
  });
}
