import { britishNumber, isAbroad } from '@/lib/companies/register/control';
import type { SourceContext, SourceDefinition } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import { readOutcome } from '../read-outcome';
import type { SourceOrigin } from '../source';
import { PROVIDER } from './client';
import { type Asked, type ChainEnd, endOf, nameProblem, type Parent, parentOf, whyNobody } from './parent-of';
import { pscSource } from './psc-source';
import { PUBLIC_PAGES } from './register-source';

const ID = 'companies_house.parent_chain';
/** Companies above the researched one at most: each costs two calls. */
const MOST_LEVELS = 5;
const NOBODY = 'Companies House lists nobody in control of this company.';

/** A company that holds a majority of the one below it. */
export type ParentLevel = Parent & {
  /** Number of the company below, whose list names it. */
  of: string;
  /** Its number in the register's form; null when it is registered elsewhere. */
  company_number: string | null;
};

/** The companies above a company, lowest first, and why there are no more. Put together here from the register's lists. */
export type ParentChain = { company_number: string; levels: ParentLevel[]; end: ChainEnd };

/**
 * The companies that hold a majority of each other above this one, as far as this register knows them. Each list is kept
 * like any other answer of the register. People on the lists of other companies are not taken over, not even by name.
 */
export const parentChainSource: SourceDefinition<ParentChain> = {
  id: ID,
  read(ctx, { companyNumber }) {
    return readOutcome(ctx, ID, ctx.provider('companies_house'), async () => {
      const own = await pscSource.read(ctx, { companyNumber });
      if (own.outcome === 'unavailable' || own.outcome === 'skipped') return { ...own, source: ID };
      const first = parentOf(own);
      if (first === 'nobody') return { outcome: 'empty', origin: originOf(companyNumber, [own], ''), reason: NOBODY };
      const asked: Asked[] = [own];
      const data = await climb(ctx, companyNumber, first, asked);
      return { outcome: 'ok', data, origin: originOf(companyNumber, asked, JSON.stringify(data)) };
    });
  },
};

async function climb(
  ctx: SourceContext,
  companyNumber: string,
  first: Parent | null,
  asked: Asked[],
): Promise<ParentChain> {
  const levels: ParentLevel[] = [];
  const done = (end: ChainEnd) => ({ company_number: companyNumber, levels, end });
  let of = companyNumber;
  let parent = first;
  while (parent !== null) {
    const number = britishNumber(parent.identification);
    levels.push({ of, company_number: number, ...parent });
    if (number === null) return done(endOf(isAbroad(parent.identification) ? 'abroad' : 'no_number'));
    if (number === companyNumber || levels.some((level) => level.of === number)) return done(endOf('loop'));
    if (levels.length === MOST_LEVELS) return done(endOf('too_long'));
    const [problem, list] = await Promise.all([
      nameProblem(ctx, number, parent.name, asked),
      pscSource.read(ctx, { companyNumber: number }),
    ]);
    asked.push(list);
    if (problem !== null) return done(problem);
    if (list.outcome !== 'ok' && list.outcome !== 'empty') return done(endOf('not_read', list.reason));
    const next = parentOf(list);
    if (next === 'nobody') return done(await whyNobody(ctx, number, asked));
    of = number;
    parent = next;
  }
  return done(endOf('people'));
}

function originOf(companyNumber: string, asked: readonly Asked[], body: string): SourceOrigin {
  const origins = asked.flatMap((answer) => ('origin' in answer ? [answer.origin] : []));
  return {
    source: ID,
    title: `${PROVIDER}: companies in control, level by level`,
    url: `${PUBLIC_PAGES}/company/${encodeURIComponent(companyNumber)}/persons-with-significant-control`,
    sourceType: 'register',
    // As old as the oldest of the lists.
    retrievedAt: origins.map(({ retrievedAt }) => retrievedAt).sort()[0] ?? '',
    publishedAt: null,
    sha256: sha256(body),
    reliability: 0.98,
    stale: origins.some(({ stale }) => stale),
  };
}
