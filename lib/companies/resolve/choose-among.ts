import { byMatch, type Candidate, type Judged, judgeMatch } from './judge-match';

/**
 * `resolved`: exactly one company can be meant. `ambiguous`: a person has to choose, be it from one candidate that only
 * used to have the name. `not_found`: nothing comes near.
 */
export type Choice<C extends Candidate> =
  | { outcome: 'resolved'; chosen: Judged<C>; candidates: Judged<C>[] }
  | { outcome: 'ambiguous' | 'not_found'; chosen: null; candidates: Judged<C>[] };

/** Only these say that a company is meant; a former name may have a new owner, and a likeness is a guess. */
const CERTAIN = ['number', 'name', 'name_without_form'] as const;

/**
 * Decides which of the companies that a search found is meant by a query. A number decides; then the whole name, whatever
 * the spelling of its legal form; then the name without it. Two companies that fit equally well are never decided
 * between, not even when only one of them still trades.
 * @returns all candidates as well, best first, each with the reasons why it came up.
 */
export function chooseAmong<C extends Candidate>(query: string, companies: readonly C[]): Choice<C> {
  const candidates = companies.map((company) => judgeMatch(query, company)).sort(byMatch);
  for (const match of CERTAIN) {
    const [only, ...others] = candidates.filter((candidate) => candidate.match === match);
    if (only && others.length === 0) return { outcome: 'resolved', chosen: only, candidates };
    if (others.length > 0) break;
  }
  return { outcome: candidates.length === 0 ? 'not_found' : 'ambiguous', chosen: null, candidates };
}
