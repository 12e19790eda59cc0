import { z } from 'zod';
import type { ParentChain } from '@/lib/sources/companies-house/parent-chain-source';
import { exceptionText } from '@/lib/sources/gleif/exception-text';
import type { GleifEntity } from '@/lib/sources/gleif/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import type { Statement } from '../schema';
import { controlStatementValue, readValue } from '../values';
import { isConclusive, isTop, stateAsParent, stateChain, whyOpen } from './ownership-chain';

type Known = Extract<SourceOutcome<GleifEntity>, { outcome: 'ok' }>;
type Chain = Extract<SourceOutcome<ParentChain>, { outcome: 'ok' }>;
type Field = 'direct_parent' | 'ultimate_parent';

const SOURCE = 'gleif.entity';
const CHAIN = 'companies_house.parent_chain';
/** Reasons that mean "there is none" and not "it is kept back". */
const NO_PARENT = ['NATURAL_PERSONS', 'NO_KNOWN_PERSON'];
const ENTITY = ['legalName', 'registeredAs', 'jurisdiction'];
const NO_COMPANY = 'Neither GLEIF nor the register of companies names a company that holds a majority of it.';

/**
 * The company's parents: as it reports them to GLEIF, which sees groups whole, else as the register's lists lead from
 * company to company. Where the two contradict each other, both are told.
 */
export async function stateGroup(draft: SectionDraft): Promise<void> {
  const gleif = await draft.read(SOURCE);
  const answer = await draft.read(CHAIN);
  const chain = answer.outcome === 'ok' ? answer : null;
  if (chain !== null) stateChain(draft, chain);
  if (!stateReported(draft, gleif, 'direct_parent') && stateFromChain(draft, chain, 0, 'direct_parent') === null) {
    unknownParent(draft, gleif, chain, 'direct_parent');
  }
  const reported = stateReported(draft, gleif, 'ultimate_parent');
  const isKnown = chain !== null && chain.data.levels.length > 0 && isConclusive(chain);
  if (reported !== null) {
    if (isKnown && !isTop(chain, reported)) contradict(draft, chain, reported);
  } else if (!isKnown || stateFromChain(draft, chain, -1, 'ultimate_parent') === null) {
    unknownParent(draft, gleif, chain, 'ultimate_parent');
  }
}

function stateFromChain(draft: SectionDraft, chain: Chain | null, index: number, field: Field): Statement | null {
  return chain === null ? null : stateAsParent(draft, chain, index, field);
}

/** The company reports one parent, the register's lists end at another. */
function contradict(draft: SectionDraft, chain: Chain, reported: Statement): void {
  const other = stateAsParent(draft, chain, -1, 'ultimate_parent_by_register');
  if (other !== null) draft.conflict(reported, other);
}

function stateReported(draft: SectionDraft, gleif: SourceOutcome<GleifEntity>, field: Field): Statement | null {
  if (gleif.outcome !== 'ok') return null;
  const { record } = gleif.data[field];
  if (record === null) return null;
  const { lei, entity } = record.attributes;
  const at = `$.${field}.record.attributes`;
  const url = `https://search.gleif.org/#/record/${encodeURIComponent(lei)}`;
  return draft.state({
    field,
    value: {
      name: entity.legalName.name,
      lei,
      registered_as: entity.registeredAs ?? null,
      jurisdiction: entity.jurisdiction ?? null,
    },
    method: 'parsed',
    citations: [cite(gleif, `${at}.entity`, { members: ENTITY, url }), cite(gleif, `${at}.lei`, { url })],
  });
}

/** Neither of the two names a parent: what is most telling of why. */
function unknownParent(
  draft: SectionDraft,
  gleif: SourceOutcome<GleifEntity>,
  chain: Chain | null,
  field: Field,
): void {
  if (field === 'ultimate_parent' && chain !== null && chain.data.levels.length > 0) {
    const { reason, detail } = whyOpen(chain);
    draft.gap(field, reason, detail, reason === 'source_failed' ? [CHAIN] : [SOURCE, CHAIN]);
  } else if (gleif.outcome === 'ok') unreported(draft, gleif, field);
  else if (gleif.outcome !== 'empty') draft.missing(field, gleif);
  else if (chain !== null || statesNobody(draft)) draft.gap(field, 'not_found', NO_COMPANY, [SOURCE, CHAIN]);
  else draft.gap(field, 'not_found', gleif.reason, [SOURCE]);
}

/** A company that states that nobody controls it has no parent either. */
function statesNobody(draft: SectionDraft): boolean {
  const statement = draft.own('psc_statements');
  const stated = statement === null ? [] : readValue(statement, z.array(controlStatementValue));
  return stated.some(({ statement: code }) => code.startsWith('no-individual-or-entity'));
}

function unreported(draft: SectionDraft, gleif: Known, field: Field): void {
  const which = field === 'direct_parent' ? 'direct parent' : 'ultimate parent';
  const { exception } = gleif.data[field];
  if (exception === null) {
    draft.gap(field, 'not_disclosed', `GLEIF holds no report on its ${which}.`, [SOURCE]);
    return;
  }
  const { reason } = exception.attributes;
  const detail = `According to GLEIF it reports no ${which}: ${exceptionText(reason)}.`;
  draft.gap(field, NO_PARENT.includes(reason) ? 'not_applicable' : 'not_disclosed', detail, [SOURCE]);
}
