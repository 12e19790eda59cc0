import { natureOfControlText, pscStatementText, superSecurePscText } from '@/lib/companies/enumerations/register-text';
import { toDay } from '@/lib/companies/register/calendar';
import type { PersonWithSignificantControl, PscList, PscStatementList } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

type Controller = { person: PersonWithSignificantControl; index: number };
type Controllers = Extract<SourceOutcome<PscList>, { outcome: 'ok' }>;

const SHOWN = ['name', 'kind', 'natures_of_control', 'notified_on', 'ceased_on'];
const NOBODY = 'The register lists neither a person with significant control nor a statement about one.';

/** Who controls the company: the persons in force, what the company states about them, and a company among them. */
export async function stateControl(draft: SectionDraft): Promise<void> {
  const controllers = await draft.read('companies_house.psc');
  const statements = await draft.read('companies_house.psc_statements');
  const stated = stateStatements(draft, statements);
  const inForce =
    controllers.outcome === 'ok'
      ? controllers.data.items.map((person, index) => ({ person, index })).filter(({ person }) => isInForce(person))
      : [];
  if (controllers.outcome === 'ok' && inForce.length > 0) {
    stateControllers(draft, controllers, inForce);
    stateParent(draft, controllers, inForce);
    return;
  }
  // A statement such as "there is nobody" answers the question as well as a name does.
  if (stated !== null && controllers.outcome !== 'unavailable') {
    draft.answer('psc', stated);
    return;
  }
  if (controllers.outcome !== 'ok' && controllers.outcome !== 'empty') draft.missing('psc', controllers);
  else draft.gap('psc', 'not_found', NOBODY, [controllers.origin.source]);
}

function stateControllers(draft: SectionDraft, outcome: Controllers, inForce: readonly Controller[]): void {
  const citations = inForce.map(({ index }) => cite(outcome, `$.items[${index}]`, { members: SHOWN }));
  draft.state({
    field: 'psc',
    value: inForce.map(({ person }) => ({
      name: person.name ?? null,
      kind: person.kind,
      natures_of_control: person.natures_of_control ?? [],
      control: controlOf(person),
      notified_on: toDay(person.notified_on),
    })),
    method: 'parsed',
    citations,
  });
  draft.computed('psc_count', 'count', citations, { unit: 'persons' });
}

function controlOf(person: PersonWithSignificantControl): string[] {
  if (person.kind.startsWith('super-secure') && !person.name) return [superSecurePscText(person.kind)];
  return (person.natures_of_control ?? []).map(natureOfControlText);
}

/** A company among the controllers, with its number in the register's form where it is a British one. */
function stateParent(draft: SectionDraft, outcome: Controllers, inForce: readonly Controller[]): void {
  const parent = inForce.find(({ person }) => person.kind.startsWith('corporate-entity') && person.name);
  if (parent === undefined) return;
  const { name, identification } = parent.person;
  const at = `$.items[${parent.index}]`;
  draft.state({
    field: 'parent_company',
    value: {
      name: name ?? '',
      registration_number: registrationNumber(identification?.registration_number),
      place_registered: identification?.place_registered ?? identification?.country_registered ?? null,
    },
    method: 'parsed',
    citations: [
      cite(outcome, at, { members: SHOWN }),
      ...(identification ? [cite(outcome, `${at}.identification`, { members: IDENTIFICATION })] : []),
    ],
  });
}

const IDENTIFICATION = [
  'legal_form',
  'legal_authority',
  'place_registered',
  'country_registered',
  'registration_number',
];

/** British numbers have eight characters; people often leave out the leading zeros. Foreign ones stay as they are. */
function registrationNumber(text: string | number | null | undefined): string | null {
  const number = String(text ?? '').trim();
  if (number === '') return null;
  return /^\d{6,7}$/.test(number) ? number.padStart(8, '0') : number;
}

function stateStatements(draft: SectionDraft, outcome: SourceOutcome<PscStatementList>) {
  if (outcome.outcome === 'empty') return null;
  if (outcome.outcome !== 'ok') {
    draft.missing('psc_statements', outcome);
    return null;
  }
  const inForce = outcome.data.items.map((item, index) => ({ item, index })).filter(({ item }) => !item.ceased_on);
  if (inForce.length === 0) return null;
  return draft.state({
    field: 'psc_statements',
    value: inForce.map(({ item }) => ({
      statement: item.statement,
      text: pscStatementText(item.statement, item.linked_psc_name),
      notified_on: toDay(item.notified_on),
    })),
    method: 'parsed',
    citations: inForce.map(({ index }) =>
      cite(outcome, `$.items[${index}]`, { members: ['statement', 'notified_on', 'linked_psc_name'] }),
    ),
  });
}

function isInForce(person: PersonWithSignificantControl): boolean {
  return !person.ceased_on && !(person.ceased === true || person.ceased === 'true' || person.ceased === 1);
}
