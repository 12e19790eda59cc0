import { Logger, makeWorkerUtils, run, type WorkerUtils } from 'graphile-worker';
import { type Contender, countdown, type Place } from './contender';
import { createPeerDatabase, tidyDatabase } from './peer-database';

const TASK = 'bench';
/** The embedded server allows 60 connections; the data API beside it holds some. */
const POOL_SIZE = 40;
/** Of its documentation's page on performance. */
const BATCHING = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };

const silent = new Logger(() => () => undefined);

/** @param batching with what its documentation offers against the database's round trips: a local queue, grouped ends. */
export async function graphileWorker(place: Place, { batching }: { batching: boolean }): Promise<Contender> {
  const url = await createPeerDatabase(place.databaseUrl, batching ? 'peer_graphile_batching' : 'peer_graphile');
  const utils: WorkerUtils = await makeWorkerUtils({ connectionString: url, logger: silent });
  await utils.migrate();
  return {
    name: batching ? 'graphile-worker 0.17, local queue' : 'graphile-worker 0.17',
    setup: `concurrentJobs ${place.concurrency}, maxPoolSize ${POOL_SIZE}${batching ? ', localQueue.size 500, completeJobBatchDelay 0' : ''}`,
    durable: true,
    async prepare(jobs) {
      for (let done = 0; done < jobs; done += 1_000) {
        const group = Array.from({ length: Math.min(1_000, jobs - done) }, (_, n) => ({
          identifier: TASK,
          payload: { n: done + n },
        }));
        await utils.addJobs(group);
      }
      await tidyDatabase(url);
    },
    async run(jobs) {
      const all = countdown(jobs);
      const begin = performance.now();
      const runner = await run({
        preset: {
          worker: {
            connectionString: url,
            concurrentJobs: place.concurrency,
            maxPoolSize: POOL_SIZE,
            logger: silent,
            ...(batching ? BATCHING : {}),
          },
        },
        noHandleSignals: true,
        taskList: { [TASK]: async () => undefined },
      });
      runner.events.on('job:complete', all.tick);
      await all.done;
      const elapsed = performance.now() - begin;
      await runner.stop();
      return elapsed;
    },
    async close() {
      await utils.release();
    },
  };
}
