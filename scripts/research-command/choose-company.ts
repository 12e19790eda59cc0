import { z } from 'zod';
import type { Api } from './api-client';
import { CommandError, EXIT } from './command-error';

const companySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  status: z.string().nullish(),
  locality: z.string().nullish(),
});
const resolutionSchema = z.object({
  outcome: z.enum(['resolved', 'ambiguous', 'not_found']),
  company: companySchema.nullable(),
  candidates: z.array(z.object({ company: companySchema, reasons: z.array(z.string()) })),
});
type Resolution = z.infer<typeof resolutionSchema>;

export type ChosenCompany = z.infer<typeof companySchema> & {
  /** Why it was taken for the one that is meant, and what should be known of it, such as that it is dissolved. */
  reasons: readonly string[];
};

/**
 * The company that a person means by a number or a name. Never a guess.
 * @throws CommandError (exit 2) with ranked candidates and their reasons when the name fits several or none exactly.
 */
export async function chooseCompany(api: Api, text: string): Promise<ChosenCompany> {
  const path = `/api/companies/resolve?q=${encodeURIComponent(text)}`;
  const resolution = await api.request('GET', path, resolutionSchema);
  if (!resolution?.company) throw new CommandError(unclear(text, resolution?.candidates ?? []), EXIT.unclear);
  const { company, candidates } = resolution;
  return { ...company, reasons: candidates.find((candidate) => candidate.company.id === company.id)?.reasons ?? [] };
}

function unclear(text: string, candidates: Resolution['candidates']): string {
  if (candidates.length === 0) {
    return `No company fits “${text}”. Check the spelling, use the company number, or import it with "npm run companies:import".`;
  }
  const lines = candidates.map(({ company: { id, name, locality }, reasons }) => {
    const facts = [...reasons, locality].filter((fact) => fact).join('; ');
    return `  ${id}  ${name} (${facts})`;
  });
  return [`“${text}” is not clear. Did you mean one of these? Run the command again with its number.`, ...lines].join(
    '\n',
  );
}
