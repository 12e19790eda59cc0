import type { ChaosUser } from '../engines/engine';
import { acceptedJobIds, type History, type LastAnswer } from './history';
import type { HttpClient } from './http-client';
import { persist } from './persist';
import { readStatus } from './read-status';

const AT_ONCE = 8;

/** Asks once more for every accepted job, after everything has become quiet. */
export async function readLastAnswers(
  client: HttpClient,
  users: readonly ChaosUser[],
  history: History,
): Promise<LastAnswer[]> {
  const owners = new Map(history.submissions.map(({ jobId, userId }) => [jobId, userId]));
  const tokens = new Map(users.map(({ id, token }) => [id, token]));
  const answers: LastAnswer[] = [];
  const ids = [...acceptedJobIds(history)];
  const ask = async () => {
    for (let jobId = ids.pop(); jobId !== undefined; jobId = ids.pop()) {
      const token = tokens.get(owners.get(jobId) ?? '') ?? '';
      const signal = AbortSignal.timeout(20_000);
      const answer = await persist(() => client.send('GET', `/api/jobs/${jobId}`, { token }), { signal });
      answers.push({ jobId, status: answer?.status ?? 0, state: readStatus(answer?.body, null)?.state ?? null });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return answers;
}
