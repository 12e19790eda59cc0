import { companyNameKey } from '@/lib/companies/name-key';
import { exemptionOn, isInForce, isParent } from '@/lib/companies/register/control';
import type { SourceContext } from '../define-source';
import type { SourceOutcome } from '../source';
import { exemptionsSource } from './exemptions-source';
import { profileSource } from './profile-source';
import { pscStatementsSource } from './psc-statements-source';
import type { PersonWithSignificantControl, PscList } from './schema';

/** What the register says of a company in control, without its address. */
export type Parent = Pick<PersonWithSignificantControl, 'kind' | 'natures_of_control' | 'notified_on'> & {
  name: string;
  identification: PersonWithSignificantControl['identification'];
};

/** An answer of the register that the chain rests on. */
export type Asked = SourceOutcome<unknown>;

/** Why there is no further company: those that say who is at the top, and those that only say why we know no more. */
export const CONCLUSIVE_ENDS = ['people', 'nobody', 'exempt'] as const;
const OPEN_ENDS = [
  'abroad',
  'no_number',
  'not_disclosed',
  'not_listed',
  'other_name',
  'not_read',
  'loop',
  'too_long',
] as const;

export type ChainEnd = {
  kind: (typeof CONCLUSIVE_ENDS)[number] | (typeof OPEN_ENDS)[number];
  /** The register's code of what the company at the top states about its control, or of its exemption. */
  code: string | null;
  /** Of a list that could not be read. */
  reason: string | null;
};

export function endOf(kind: ChainEnd['kind'], reason: string | null = null): ChainEnd {
  return { kind, code: null, reason };
}

/** The first company with a majority on a list; null when others are in control, `nobody` when the list is empty. */
export function parentOf(list: SourceOutcome<PscList>): Parent | 'nobody' | null {
  const inForce = list.outcome === 'ok' ? list.data.items.filter(isInForce) : [];
  if (inForce.length === 0) return 'nobody';
  const parent = inForce.find(isParent);
  if (parent === undefined) return null;
  const { kind, name, natures_of_control, notified_on, identification } = parent;
  return { kind, name: name ?? '', natures_of_control, notified_on, identification };
}

/** Why nobody is listed: a statement of the company or, failing that, an exemption that applies today. */
export async function whyNobody(ctx: SourceContext, companyNumber: string, asked: Asked[]): Promise<ChainEnd> {
  const statements = await pscStatementsSource.read(ctx, { companyNumber });
  asked.push(statements);
  if (statements.outcome === 'unavailable') return endOf('not_read', statements.reason);
  const stated = statements.outcome === 'ok' ? statements.data.items.find(({ ceased_on: on }) => !on) : undefined;
  if (stated !== undefined) {
    const isNobody = stated.statement.startsWith('no-individual-or-entity');
    return { ...endOf(isNobody ? 'nobody' : 'not_disclosed'), code: stated.statement };
  }
  const exemptions = await exemptionsSource.read(ctx, { companyNumber });
  asked.push(exemptions);
  if (exemptions.outcome === 'unavailable') return endOf('not_read', exemptions.reason);
  const today = ctx.now().toISOString().slice(0, 10);
  const exemption = exemptions.outcome === 'ok' ? exemptionOn(exemptions.data.exemptions, today) : null;
  return exemption === null ? endOf('not_listed') : { ...endOf('exempt'), code: exemption.type };
}

/** Companies give the numbers of others with slips: a number is followed only where the register knows the name under it. */
export async function nameProblem(
  ctx: SourceContext,
  companyNumber: string,
  name: string,
  asked: Asked[],
): Promise<ChainEnd | null> {
  const profile = await profileSource.read(ctx, { companyNumber });
  asked.push(profile);
  if (profile.outcome === 'empty') return endOf('not_listed');
  if (profile.outcome !== 'ok') return endOf('not_read', profile.reason);
  const { company_name: now, previous_company_names: before } = profile.data;
  const known = [now, ...(before ?? []).map((previous) => previous.name)].map(companyNameKey);
  return known.includes(companyNameKey(name)) ? null : endOf('other_name');
}
