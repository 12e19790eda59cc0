import { isInForce } from '@/lib/companies/register/control';
import type { SourceDefinition } from '../define-source';
import { pscSource } from './psc-source';
import { pscStatementsSource } from './psc-statements-source';
import { registerSource } from './register-source';
import { type Exemptions, exemptionsSchema } from './schema';

const NOT_ASKED = 'The register was not asked for exemptions: who controls the company is answered without them.';

const exemptions = registerSource({
  id: 'companies_house.exemptions',
  what: 'exemptions from naming who controls the company',
  path: '/exemptions',
  page: '/persons-with-significant-control',
  lifetimeHours: 24,
  schema: exemptionsSchema,
  emptyReason: 'Companies House lists no exemptions for this company.',
  isEmpty: ({ exemptions: list }) => Object.keys(list).length === 0,
});

/**
 * Why a company need not name who controls it, such as shares that are traded on a market. Few companies have one, so the
 * register is asked only where it surely lists nobody in control and no statement about it either.
 */
export const exemptionsSource: SourceDefinition<Exemptions> = {
  id: exemptions.id,
  async read(ctx, input) {
    const [list, statements] = await Promise.all([pscSource.read(ctx, input), pscStatementsSource.read(ctx, input)]);
    for (const answer of [list, statements]) {
      if (answer.outcome === 'unavailable' || answer.outcome === 'skipped') return { ...answer, source: exemptions.id };
    }
    const isNamed = list.outcome === 'ok' && list.data.items.some(isInForce);
    const isStated = statements.outcome === 'ok' && statements.data.items.some(({ ceased_on: on }) => !on);
    if (!isNamed && !isStated) return exemptions.read(ctx, input);
    return { outcome: 'skipped', source: exemptions.id, reason: NOT_ASKED, at: ctx.now().toISOString() };
  },
};
