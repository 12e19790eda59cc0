import http from 'node:http';
import type { BenchJob } from './jobs';

const OPENING_AT_ONCE = 50;

export type StreamClient = {
  job: BenchJob;
  openedAt: number;
  headersMs: number;
  /** Version to the time of its arrival. */
  arrivals: Map<number, number>;
  hasEnded(): boolean;
  isClosed(): boolean;
  destroy(): void;
};

/** Opens streams, the jobs in turn, and returns when all have their headers. */
export async function openStreams(jobs: readonly BenchJob[], count: number): Promise<StreamClient[]> {
  const clients: StreamClient[] = [];
  let next = 0;
  const opener = async () => {
    while (next < count) {
      const job = jobs[next++ % jobs.length];
      if (job) clients.push(await open(job));
    }
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, opener));
  return clients;
}

export async function closeAll(clients: readonly StreamClient[]): Promise<void> {
  for (const client of clients) client.destroy();
}

function open(job: BenchJob): Promise<StreamClient> {
  const startedAt = performance.now();
  const url = `${process.env.APP_URL}/api/jobs/${job.id}/events`;
  return new Promise((resolve, reject) => {
    const options = { agent: false, headers: { authorization: `Bearer ${job.user.accessToken}` } };
    const request = http.get(url, options, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`The stream answered ${response.statusCode}`));
      const openedAt = performance.now();
      resolve({
        job,
        openedAt,
        headersMs: openedAt - startedAt,
        ...listen(response),
        destroy: () => request.destroy(),
      });
    });
    request.once('error', reject);
  });
}

function listen(response: http.IncomingMessage): Pick<StreamClient, 'arrivals' | 'hasEnded' | 'isClosed'> {
  const arrivals = new Map<number, number>();
  let rest = '';
  let ended = false;
  let closed = false;
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const now = performance.now();
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.includes('event: end')) ended = true;
      const id = /^id: (\d+)\nevent: status$/m.exec(block)?.[1];
      if (id !== undefined) arrivals.set(Number(id), now);
    }
  });
  response.once('close', () => {
    closed = true;
  });
  response.once('error', () => undefined);
  return { arrivals, hasEnded: () => ended, isClosed: () => closed };
}
