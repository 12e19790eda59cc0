import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import type { Api } from './api-client';
import { CommandError, EXIT } from './command-error';

const companySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  status: z.string().nullish(),
  locality: z.string().nullish(),
  is_demo: z.boolean().optional(),
});
const pageSchema = z.object({ items: z.array(companySchema) });
const LEGAL_ENDINGS = /\b(limited|ltd|plc|llp|lp|cic|cyf|ccc)\b\.?/g;
const CANDIDATES = 10;

export type ChosenCompany = z.infer<typeof companySchema>;

/**
 * The company that a person means by a number or a name: the number, else the only one of that name, with or without
 * "Limited" and the like. Never a guess.
 * @throws CommandError (exit 2) with ranked candidates when the name fits several or none exactly.
 */
export async function chooseCompany(api: Api, text: string): Promise<ChosenCompany> {
  const number = parseCompanyNumber(text);
  const byNumber = number === null ? null : await api.request('GET', `/api/companies/${number}`, companySchema);
  if (byNumber !== null) return byNumber;
  const page = await api.request('GET', `/api/companies?q=${encodeURIComponent(text)}&limit=${CANDIDATES}`, pageSchema);
  const candidates = page?.items ?? [];
  const exact = only(candidates.filter(({ name }) => plain(name) === plain(text)));
  const nearly = only(candidates.filter(({ name }) => withoutEnding(name) === withoutEnding(text)));
  const chosen = exact ?? nearly;
  if (chosen !== null) return chosen;
  throw new CommandError(unclear(text, candidates), EXIT.unclear);
}

function only(companies: readonly ChosenCompany[]): ChosenCompany | null {
  return companies.length === 1 ? (companies[0] ?? null) : null;
}

function unclear(text: string, candidates: readonly ChosenCompany[]): string {
  if (candidates.length === 0) {
    return `No company fits “${text}”. Check the spelling, use the company number, or import it with "npm run companies:import".`;
  }
  const lines = candidates.map(({ id, name, status, locality }) => {
    const facts = [status, locality].filter((fact) => fact).join(', ');
    return `  ${id}  ${name}${facts === '' ? '' : ` (${facts})`}`;
  });
  return [`“${text}” is not clear. Did you mean one of these? Run the command again with its number.`, ...lines].join(
    '\n',
  );
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function withoutEnding(name: string): string {
  return plain(name).replace(LEGAL_ENDINGS, '').replace(/\s+/g, ' ').trim();
}
