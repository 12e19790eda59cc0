import type { Api } from '../research-command/api-client';
import { chooseCompany } from '../research-command/choose-company';
import { CommandError } from '../research-command/command-error';
import type { Candidate } from './resolution';

/** The company that `npm run research` takes for a query, given what a search found; null where it asks back. */
export async function chooseAmong(query: string, candidates: readonly Candidate[]): Promise<string | null> {
  try {
    return (await chooseCompany(searchThatFound(candidates), query)).id;
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

function searchThatFound(candidates: readonly Candidate[]): Api {
  const items = candidates.map(({ number, name, status }) => ({ id: number, name, status }));
  return {
    async request(_, path, schema) {
      const number = /^\/api\/companies\/([^/?]+)$/.exec(path)?.[1];
      if (number === undefined) return schema.parse({ items });
      const found = items.find(({ id }) => id === number);
      return found === undefined ? null : schema.parse(found);
    },
  };
}
