import { createTestUser } from '../support/users';
import type { ChaosUser } from './engines/engine';
import { SMALL_LIMIT, UNKNOWN_COMPANIES, USERS } from './load/plan-load';
import { withDatabase } from './world/with-database';

const FORGET_EVERY_MS = 1_000;

/** Creates the users of a run; the last one has so small a limit that its researches are contended for. */
export async function createUsers(): Promise<{ users: ChaosUser[]; contended: Set<string> }> {
  const users: ChaosUser[] = [];
  for (let index = 0; index < USERS; index += 1) {
    const { id, accessToken } = await createTestUser(index === USERS - 1 ? { researchLimit: SMALL_LIMIT } : {});
    users.push({ id, token: accessToken });
  }
  return { users, contended: new Set(users.slice(-1).map(({ id }) => id)) };
}

/** Companies on our list that the provider does not know: their jobs fail for good. */
export async function addUnknownCompanies(databaseUrl: string): Promise<void> {
  const rows = UNKNOWN_COMPANIES.map((id) => ({ id, name: `Chaos ${id}`, status: 'active' }));
  await withDatabase(databaseUrl, (sql) => sql`insert into companies ${sql(rows)} on conflict do nothing`);
}

/**
 * Forgets kept answers of the providers every second: jobs that need no provider would be over before anything could
 * happen to them.
 */
export function keepForgetting(databaseUrl: string, over: AbortSignal): void {
  const timer = setInterval(() => {
    withDatabase(databaseUrl, (sql) => sql`delete from source_cache`).catch(() => undefined);
  }, FORGET_EVERY_MS);
  over.addEventListener('abort', () => clearInterval(timer), { once: true });
}
