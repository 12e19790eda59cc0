import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/errors';
import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { parseCompanyNumber } from '../company-number';
import { getCompany, listCompanies, searchCompanies } from '../company-repository';
import { type Company, companySchema, type RegisterCompany, type RegisterState } from '../schema';
import { type Choice, chooseAmong } from './choose-among';
import { type FoundCompany, mergeFound } from './merge-found';

type Client = Pick<ServiceClient, 'from' | 'rpc'>;

/** Exact names can stand behind many longer ones that begin the same. */
const LOOK_AT = 100;
const COULD_NOT_ASK: readonly ErrorCode[] = ['register_unavailable', 'rate_limited'];
const FORMS = ['', ' LIMITED', ' LTD', ' LTD.', ' PLC', ' LLP'] as const;

/** How the register is asked while somebody waits. Both throw `register_unavailable` or `rate_limited`. */
export type RegisterAccess = {
  /** The company with a number, added to the workspace; null when the register has none. */
  find(number: string): Promise<Company | null>;
  search(text: string): Promise<RegisterCompany[]>;
};

export type Resolution = Choice<FoundCompany> & {
  /** Where was looked; a name that is unique there may still be somebody else's elsewhere. */
  searched: ('workspace' | 'register')[];
  register: RegisterState;
  /** Why the register could not be asked. */
  registerReason: string | null;
};

/**
 * Finds the company that a person means by a number or a name, in the workspace and on the register.
 * A register that cannot be asked is no failure: the answer says so, and is about the workspace alone then.
 * @throws AppError `database_unavailable`: nobody has looked then, which is not the same as `not_found`.
 */
export async function resolveCompany(client: Client, query: string, register: RegisterAccess): Promise<Resolution> {
  const number = parseCompanyNumber(query);
  if (number === null)
    return resolveName(
      client,
      query,
      ask(() => register.search(withoutForm(query))),
    );
  const company = await getCompany(client, number);
  if (company !== null) return toResolution(chooseAmong(query, [company]), { state: 'not_needed' });
  const added = await ask(() => register.find(number));
  if (added.state === 'unavailable') return resolveName(client, query, added);
  if (added.found !== null) return toResolution(chooseAmong(query, [added.found]), added);
  // Digits can be a name as well.
  return resolveName(
    client,
    query,
    ask(() => register.search(query)),
  );
}

async function resolveName(
  client: Client,
  query: string,
  asking: Promise<Asked<RegisterCompany[]>> | Unavailable,
): Promise<Resolution> {
  const [ours, asked] = await Promise.all([searchWorkspace(client, query), asking]);
  const entries = asked.state === 'searched' ? asked.found : [];
  const more = await listCompanies(
    client,
    entries.map(({ id }) => id).filter((id) => !ours.has(id)),
  );
  return toResolution(chooseAmong(query, mergeFound([...ours.values(), ...more], entries)), asked);
}

type Unavailable = { state: 'unavailable'; reason: string };
type Asked<T> = { state: 'searched'; found: T } | Unavailable;

async function ask<T>(question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { state: 'searched', found: await question() };
  } catch (error) {
    if (!(error instanceof AppError) || !COULD_NOT_ASK.includes(error.code)) throw error;
    return { state: 'unavailable', reason: error.detail };
  }
}

function toResolution(choice: Choice<FoundCompany>, asked: { state: RegisterState; reason?: string }): Resolution {
  return {
    ...choice,
    searched: asked.state === 'searched' ? ['workspace', 'register'] : ['workspace'],
    register: asked.state,
    registerReason: asked.reason ?? null,
  };
}

async function searchWorkspace(client: Client, query: string): Promise<Map<string, Company>> {
  const base = withoutForm(query);
  // Both "Twinstone Ltd" and "Twinstone Limited" must come up before one can be called the only one.
  const found = await Promise.all([
    searchCompanies(client, { q: base, limit: LOOK_AT }).then(({ items }) => items),
    base === query.trim() ? [] : searchCompanies(client, { q: query, limit: LOOK_AT }).then(({ items }) => items),
    formerlyCalled(client, base),
  ]);
  return new Map(found.flat().map((company) => [company.id, company]));
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
