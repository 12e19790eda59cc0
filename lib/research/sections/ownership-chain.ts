import { exemptionText, pscStatementText } from '@/lib/companies/enumerations/register-text';
import { companyNameKey } from '@/lib/companies/name-key';
import { registrationNumber } from '@/lib/companies/register/control';
import type { ParentChain, ParentLevel } from '@/lib/sources/companies-house/parent-chain-source';
import { CONCLUSIVE_ENDS } from '@/lib/sources/companies-house/parent-of';
import { PUBLIC_PAGES } from '@/lib/sources/companies-house/register-source';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import type { Gap, Statement } from '../schema';
import { groupParentValue, readValue } from '../values';
import { IDENTIFICATION } from './ownership-control';

type Chain = Extract<SourceOutcome<ParentChain>, { outcome: 'ok' }>;
type Unknown = Pick<Gap, 'reason' | 'detail'>;

const SHOWN = ['name', 'kind', 'natures_of_control', 'notified_on'];

/** The companies above the company, each from the list of the one below, and what stands at the end of the chain. */
export function stateChain(draft: SectionDraft, chain: Chain): void {
  const { levels, end } = chain.data;
  if (levels.length === 0) return;
  draft.state({
    field: 'parent_chain',
    value: levels.map(toParent),
    method: 'parsed',
    citations: levels.flatMap((_, index) => citeLevel(chain, index)),
  });
  for (const [index, level] of levels.entries()) {
    const citations = citeLevel(chain, index);
    draft.state({ field: 'parent_level', value: toParent(level), method: 'parsed', citations, extra: true });
  }
  const url = pageOf(levels.at(-1)?.company_number ?? chain.data.company_number);
  draft.copy('parent_chain_end', chain, '$.end.kind', { url });
  if (end.code === null) return;
  const text = end.kind === 'exempt' ? exemptionText(end.code) : pscStatementText(end.code);
  draft.state({
    field: 'parent_chain_end_text',
    value: { code: end.code, text },
    method: 'parsed',
    citations: [cite(chain, '$.end', { members: ['code'], url })],
    extra: true,
  });
}

/** A company of the chain as a parent; nothing of GLEIF's is known of it. */
export function stateAsParent(draft: SectionDraft, chain: Chain, index: number, field: string): Statement | null {
  const level = chain.data.levels.at(index);
  if (level === undefined) return null;
  const { identification } = level;
  return draft.state({
    field,
    value: {
      name: level.name,
      lei: null,
      registered_as: level.company_number ?? registrationNumber(identification),
      jurisdiction: identification?.country_registered ?? identification?.place_registered ?? null,
    },
    method: 'parsed',
    citations: citeLevel(chain, index < 0 ? chain.data.levels.length + index : index),
  });
}

/** Whether the register says who stands at the top, so that a parent beyond it would contradict the register. */
export function isConclusive({ data }: Chain): boolean {
  return CONCLUSIVE_ENDS.some((kind) => kind === data.end.kind);
}

/** Whether a parent that GLEIF names is the company at the top of the chain. */
export function isTop({ data }: Chain, parent: Statement): boolean {
  const top = data.levels.at(-1);
  const { name, registered_as: number } = readValue(parent, groupParentValue);
  return top !== undefined && (companyNameKey(top.name) === companyNameKey(name) || top.company_number === number);
}

/** Why the chain does not say who stands at the top. */
export function whyOpen({ data }: Chain): Unknown {
  const name = data.levels.at(-1)?.name ?? 'the company';
  switch (data.end.kind) {
    case 'abroad':
      return {
        reason: 'not_disclosed',
        detail: `This register does not hold who stands above ${name}, a company abroad.`,
      };
    case 'no_number':
      return { reason: 'not_found', detail: `The register gives no company number of ${name} to look it up by.` };
    case 'not_disclosed':
      return { reason: 'not_disclosed', detail: `The register does not hold who controls ${name}.` };
    case 'not_read':
      return { reason: 'source_failed', detail: `Could not read who controls ${name}: ${data.end.reason ?? ''}` };
    case 'other_name':
      return {
        reason: 'not_found',
        detail: `The number that the register gives of ${name} is the number of another company.`,
      };
    case 'loop':
      return { reason: 'not_found', detail: 'The companies above it name each other as parents.' };
    case 'too_long':
      return { reason: 'not_found', detail: `The chain was not followed further up than to ${name}.` };
    default:
      return { reason: 'not_found', detail: `The register does not say who controls ${name}.` };
  }
}

function toParent(level: ParentLevel) {
  const { name, company_number: number, identification } = level;
  return {
    name,
    registration_number: number ?? registrationNumber(identification),
    place_registered: identification?.country_registered ?? identification?.place_registered ?? null,
  };
}

/** Each level stands on the list of the company below it. */
function citeLevel(chain: Chain, index: number) {
  const level = chain.data.levels[index];
  const at = `$.levels[${index}]`;
  const url = pageOf(level?.of ?? chain.data.company_number);
  return [
    cite(chain, at, { members: SHOWN, url }),
    ...(level?.identification ? [cite(chain, `${at}.identification`, { members: IDENTIFICATION, url })] : []),
  ];
}

function pageOf(companyNumber: string): string {
  return `${PUBLIC_PAGES}/company/${encodeURIComponent(companyNumber)}/persons-with-significant-control`;
}
