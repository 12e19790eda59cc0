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
  register: z.enum(['searched', 'not_needed', 'unavailable']),
  register_reason: z.string().nullable(),
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
  if (!resolution?.company) throw new CommandError(resolution ? unclear(text, resolution) : '', EXIT.unclear);
  const { company, candidates } = resolution;
  const reasons = candidates.find((candidate) => candidate.company.id === company.id)?.reasons ?? [];
  return { ...company, reasons: [...reasons, ...onlyHere(resolution)] };
}

/** A name that is unique in the workspace may be somebody else's on the register. */
function onlyHere({ register, register_reason: reason }: Resolution): string[] {
  return register === 'unavailable' ? [`Only the workspace was searched, not the register: ${reason}`] : [];
}

function unclear(text: string, resolution: Resolution): string {
  const { candidates } = resolution;
  const limits = onlyHere(resolution);
  if (candidates.length === 0) {
    return [`No company fits “${text}”. Check the spelling, or use the company number.`, ...limits].join('\n');
  }
  const lines = candidates.map(({ company: { id, name, locality }, reasons }) => {
    const facts = [...reasons, locality].filter((fact) => fact).join('; ');
    return `  ${id}  ${name} (${facts})`;
  });
  const question = `“${text}” is not clear. Did you mean one of these? Run the command again with its number.`;
  return [question, ...lines, ...limits].join('\n');
}
