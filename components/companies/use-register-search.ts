import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { apiJson } from '@/components/http/api-fetch';
import { useSettled } from '@/components/ui/use-settled';
import { registerCompanySchema } from '@/lib/companies/schema';

const answerSchema = z.object({ items: z.array(registerCompanySchema) });

/** The register's budget is everybody's: it is asked once the typing has paused, and not for the beginning of a word. */
const SETTLE_MS = 400;
const LEAST_CHARACTERS = 3;
const KEPT_MS = 5 * 60_000;
/** Searched beside the companies of the workspace when these are fewer; else on a press. */
export const FEW_COMPANIES = 5;

/** @returns whether the register can be searched for a text: it wants three characters. */
export function isSearchable(text: string): boolean {
  return text.trim().length >= LEAST_CHARACTERS;
}

/**
 * Searches the register's own names.
 * @param wanted false: it is not asked.
 * @returns the answer to this text; `isFetching` also while the typing goes on.
 */
export function useRegisterSearch(text: string, wanted: boolean, limit: number) {
  const term = useSettled(text.trim(), SETTLE_MS, '');
  const isSettled = term === text.trim();
  const search = useQuery({
    queryKey: ['register-search', term, limit],
    queryFn: ({ signal }) =>
      apiJson(answerSchema, `/api/companies/register?${new URLSearchParams({ q: term, limit: String(limit) })}`, {
        signal,
      }),
    enabled: wanted && isSettled && isSearchable(term),
    staleTime: KEPT_MS,
  });
  const { data, error, isFetching, refetch } = search;
  // Until the typing has paused the last answer is about another text.
  return isSettled ? { data, error, isFetching, refetch } : { data: undefined, error: null, isFetching: true, refetch };
}
