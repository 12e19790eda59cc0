import { z } from 'zod';
import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { parseCompanyNumber } from '../company-number';
import { getCompany, searchCompanies } from '../company-repository';
import { type Company, companySchema } from '../schema';
import { type Choice, chooseAmong } from './choose-among';

type Client = Pick<ServiceClient, 'from' | 'rpc'>;

/** Exact names can stand behind many longer ones that begin the same. */
const LOOK_AT = 100;
const FORMS = ['', ' LIMITED', ' LTD', ' LTD.', ' PLC', ' LLP'] as const;

/**
 * Finds the company that a person means by a number or a name among those of the workspace.
 * @throws AppError `database_unavailable`: nobody has looked then, which is not the same as `not_found`.
 */
export async function resolveCompany(client: Client, query: string): Promise<Choice<Company>> {
  if (parseCompanyNumber(query) !== null) {
    const company = await getCompany(client, query);
    if (company !== null) return chooseAmong(query, [company]);
  }
  const base = withoutForm(query);
  // Both "Twinstone Ltd" and "Twinstone Limited" must come up before one can be called the only one.
  const found = await Promise.all([
    searchCompanies(client, { q: base, limit: LOOK_AT }).then(({ items }) => items),
    base === query.trim() ? [] : searchCompanies(client, { q: query, limit: LOOK_AT }).then(({ items }) => items),
    formerlyCalled(client, base),
  ]);
  const companies = new Map(found.flat().map((company) => [company.id, company]));
  return chooseAmong(query, [...companies.values()]);
}

/** Companies that used to have this name, in the register's capitals and with one of the usual legal forms. */
async function formerlyCalled(client: Client, base: string): Promise<Company[]> {
  const names = FORMS.map((form) => `${base.toUpperCase()}${form}`);
  const rows = await Promise.all(
    names.map(async (name) =>
      unwrap(
        await client
          .from('companies')
          .select()
          .contains('previous_names', JSON.stringify([{ name }]))
          .limit(10),
      ),
    ),
  );
  return z.array(companySchema).parse(rows.flat());
}

function withoutForm(text: string): string {
  const ending = /[\s,]+(ltd|limited|plc|public limited company|llp|limited liability partnership|c\.?i\.?c)\.?$/i;
  return text.trim().replace(ending, '');
}
