import PgBoss from 'pg-boss';
import type { Contender, Place } from './contender';
import { createPeerDatabase, tidyDatabase } from './peer-database';

/** Its fastest way of working: batches taken and completed by one call each, one batch after the other. */
export async function pgBoss(place: Place): Promise<Contender> {
  const url = await createPeerDatabase(place.databaseUrl, 'peer_boss');
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  let queue = '';
  let runs = 0;
  return {
    name: 'pg-boss 10.4',
    setup: `fetch batchSize ${place.concurrency}, complete(ids)`,
    durable: true,
    async prepare(jobs) {
      // A queue is a partition of its own: no run sees the rows of an earlier one.
      runs += 1;
      queue = `bench-${runs}`;
      await boss.createQueue(queue);
      for (let done = 0; done < jobs; done += 1_000) {
        await boss.insert(
          Array.from({ length: Math.min(1_000, jobs - done) }, (_, n) => ({ name: queue, data: { n: done + n } })),
        );
      }
      await tidyDatabase(url);
    },
    async run(jobs) {
      const begin = performance.now();
      let ended = 0;
      while (ended < jobs) {
        const batch = await boss.fetch(queue, { batchSize: place.concurrency });
        if (batch.length === 0) throw new Error(`pg-boss ended ${ended} of ${jobs}`);
        await boss.complete(
          queue,
          batch.map(({ id }) => id),
        );
        ended += batch.length;
      }
      return performance.now() - begin;
    },
    close: () => boss.stop({ graceful: false }),
  };
}
