import { companyNameKey } from '../name-key';
import type { Company, RegisterCompany } from '../schema';

/** A company as the workspace knows it, or as the register's search tells of one that nobody has added yet. */
export type FoundCompany = Company | RegisterCompany;

/**
 * One list of what two searches found, by company number. A company that both know is the workspace's, under the name
 * and with the status that it has on the register now: a name that somebody else bears today must not decide for it.
 */
export function mergeFound(ours: readonly Company[], register: readonly RegisterCompany[]): FoundCompany[] {
  const known = new Map(ours.map((company) => [company.id, company]));
  const merged = new Map<string, FoundCompany>(known);
  for (const entry of register) {
    const company = known.get(entry.id);
    merged.set(entry.id, company === undefined ? entry : asOnRegister(company, entry));
  }
  return [...merged.values()];
}

function asOnRegister(company: Company, { name, status }: RegisterCompany): Company {
  const now = { ...company, status: status ?? company.status };
  if (companyNameKey(company.name) === companyNameKey(name)) return now;
  return { ...now, name, previous_names: [{ name: company.name }, ...company.previous_names] };
}
