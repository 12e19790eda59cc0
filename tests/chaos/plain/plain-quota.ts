import type { Sql } from 'postgres';

/** Reads what was used, compares, writes one more: right as long as nobody else does so at the same time. */
export async function charge(sql: Sql, userId: string): Promise<boolean> {
  const [user] = await sql<{ used: number; research_limit: number }[]>`
    select used, research_limit from plain.users where id = ${userId}`;
  if (!user || user.used >= user.research_limit) return false;
  await sql`update plain.users set used = ${user.used + 1} where id = ${userId}`;
  return true;
}

export async function refund(sql: Sql, userId: string): Promise<void> {
  await sql`update plain.users set used = used - 1 where id = ${userId}`;
}
