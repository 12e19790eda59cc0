import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { whileDatabaseIsAway } from '@/lib/queue/attempt/while-database-is-away';

function failing(times: number, code: 'database_unavailable' | 'internal' = 'database_unavailable') {
  let tries = 0;
  const ask = async () => {
    tries += 1;
    if (tries <= times) throw new AppError(code);
    return 'answer';
  };
  return { ask, tries: () => tries };
}

describe('a call while the database is away', () => {
  it('is made again until it is answered', async () => {
    const { ask, tries } = failing(2);
    expect(await whileDatabaseIsAway(ask, () => true)).toBe('answer');
    expect(tries()).toBe(3);
  });

  it('is not made again by a process that is stopping, nor after an answer that says no', async () => {
    const stopping = failing(1);
    await expect(whileDatabaseIsAway(stopping.ask, () => false)).rejects.toThrow('database_unavailable');
    const refused = failing(1, 'internal');
    await expect(whileDatabaseIsAway(refused.ask, () => true)).rejects.toThrow('internal');
    expect([stopping.tries(), refused.tries()]).toEqual([1, 1]);
  });
});
