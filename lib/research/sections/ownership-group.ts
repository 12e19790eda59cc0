import { exceptionText } from '@/lib/sources/gleif/exception-text';
import type { GleifEntity } from '@/lib/sources/gleif/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

type Known = Extract<SourceOutcome<GleifEntity>, { outcome: 'ok' }>;

const SOURCE = 'gleif.entity';
const PARENTS = ['direct_parent', 'ultimate_parent'] as const;
/** Reasons that mean "there is none" and not "it is kept back". */
const NO_PARENT = ['NATURAL_PERSONS', 'NO_KNOWN_PERSON'];
const ENTITY = ['legalName', 'registeredAs', 'jurisdiction'];

/** Who consolidates the company, as it reports to GLEIF: a parent, or the reason for which it names none. */
export async function stateGroup(draft: SectionDraft): Promise<void> {
  const gleif = await draft.read(SOURCE);
  for (const parent of PARENTS) {
    if (gleif.outcome === 'ok') stateParent(draft, gleif, parent);
    else if (gleif.outcome === 'empty') draft.gap(parent, 'not_found', gleif.reason, [SOURCE]);
    else draft.missing(parent, gleif);
  }
}

function stateParent(draft: SectionDraft, gleif: Known, field: (typeof PARENTS)[number]): void {
  const { record, exception } = gleif.data[field];
  const which = field === 'direct_parent' ? 'direct parent' : 'ultimate parent';
  if (record === null && exception === null) {
    draft.gap(field, 'not_disclosed', `GLEIF holds no report on its ${which}.`, [SOURCE]);
    return;
  }
  if (record === null) {
    const reason = exception?.attributes.reason ?? '';
    const detail = `According to GLEIF it reports no ${which}: ${exceptionText(reason)}.`;
    draft.gap(field, NO_PARENT.includes(reason) ? 'not_applicable' : 'not_disclosed', detail, [SOURCE]);
    return;
  }
  const { lei, entity } = record.attributes;
  const at = `$.${field}.record.attributes`;
  const url = `https://search.gleif.org/#/record/${encodeURIComponent(lei)}`;
  draft.state({
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
