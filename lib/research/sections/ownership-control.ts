import {
  exemptionText,
  natureOfControlText,
  pscStatementText,
  superSecurePscText,
} from '@/lib/companies/enumerations/register-text';
import { toDay } from '@/lib/companies/register/calendar';
import { exemptionOn, isInForce, isParent, registrationNumber } from '@/lib/companies/register/control';
import type { PersonWithSignificantControl, PscList, PscStatementList } from '@/lib/sources/companies-house/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import { NAMED_IN_FULL } from '../writer/phrases';

type Controller = { person: PersonWithSignificantControl; index: number };
type Controllers = Extract<SourceOutcome<PscList>, { outcome: 'ok' }>;

const EXEMPTIONS = 'companies_house.exemptions';
const SHOWN = ['name', 'kind', 'natures_of_control', 'notified_on', 'ceased_on'];
const NOBODY =
  'The register lists neither a person with significant control nor, in their place, a statement or an exemption that applies.';

/** Who controls the company: the persons in force, what the company states about them, and a parent company among them. */
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
  else await stateExemption(draft, controllers.origin.source);
}

function stateControllers(draft: SectionDraft, outcome: Controllers, inForce: readonly Controller[]): void {
  const at = ({ index }: Controller) => cite(outcome, `$.items[${index}]`, { members: SHOWN });
  const citations = inForce.map(at);
  draft.state({ field: 'psc', value: inForce.map(toController), method: 'parsed', citations });
  draft.computed('psc_count', 'count', citations, { unit: 'persons' });
  for (const controller of inForce.slice(0, NAMED_IN_FULL)) {
    const value = toController(controller);
    draft.state({ field: 'controller', value, method: 'parsed', citations: [at(controller)], extra: true });
  }
}

function toController({ person }: Controller) {
  return {
    name: person.name ?? null,
    kind: person.kind,
    natures_of_control: person.natures_of_control ?? [],
    control: controlOf(person),
    notified_on: toDay(person.notified_on),
  };
}

function controlOf(person: PersonWithSignificantControl): string[] {
  if (person.kind.startsWith('super-secure') && !person.name) return [superSecurePscText(person.kind)];
  return (person.natures_of_control ?? []).map(natureOfControlText);
}

/** A company that holds a majority, with its number in the register's form where it is a British one. */
function stateParent(draft: SectionDraft, outcome: Controllers, inForce: readonly Controller[]): void {
  const parent = inForce.find(({ person }) => isParent(person));
  if (parent === undefined) return;
  const { name, identification } = parent.person;
  const at = `$.items[${parent.index}]`;
  draft.state({
    field: 'parent_company',
    value: {
      name: name ?? '',
      registration_number: registrationNumber(identification),
      place_registered: identification?.place_registered ?? identification?.country_registered ?? null,
    },
    method: 'parsed',
    citations: [
      cite(outcome, at, { members: SHOWN }),
      ...(identification ? [cite(outcome, `${at}.identification`, { members: IDENTIFICATION })] : []),
    ],
  });
}

export const IDENTIFICATION = [
  'legal_form',
  'legal_authority',
  'place_registered',
  'country_registered',
  'registration_number',
];

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

/** Where nobody is listed and nothing is stated, the company may be one that need not say: its shares are traded. */
async function stateExemption(draft: SectionDraft, listSource: string): Promise<void> {
  const exemptions = await draft.read(EXEMPTIONS);
  if (exemptions.outcome === 'unavailable') {
    draft.missing('psc', exemptions);
    return;
  }
  const found = exemptions.outcome === 'ok' ? exemptionOn(exemptions.data.exemptions, draft.today) : null;
  if (exemptions.outcome !== 'ok' || found === null) {
    draft.gap('psc', 'not_found', NOBODY, [listSource, EXEMPTIONS]);
    return;
  }
  const at = `$.exemptions['${found.name}']`;
  const stated = draft.state({
    field: 'psc_exemption',
    value: { exemption: found.type, text: exemptionText(found.type), exempt_from: found.from },
    method: 'parsed',
    citations: [
      cite(exemptions, at, { members: ['exemption_type'] }),
      cite(exemptions, `${at}.items[${found.index}]`, { members: ['exempt_from', 'exempt_to'] }),
    ],
  });
  draft.answer('psc', stated);
}
