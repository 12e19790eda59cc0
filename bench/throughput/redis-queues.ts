import Bull from 'bull';
import { Queue, Worker } from 'bullmq';
import { type Contender, countdown, type Place } from './contender';

/** Bull alone: what it knows of a job is gone with its Redis. */
export function rawBull(place: Place): Contender {
  let queue = new Bull('bench-raw', place.redisUrl);
  return {
    name: 'Bull 4.16',
    setup: `concurrency ${place.concurrency}, removeOnComplete`,
    durable: false,
    async prepare(jobs) {
      const list = Array.from({ length: jobs }, (_, n) => ({ data: { n }, opts: { removeOnComplete: true } }));
      for (let done = 0; done < jobs; done += 1_000) await queue.addBulk(list.slice(done, done + 1_000));
    },
    async run(jobs) {
      const all = countdown(jobs);
      queue.on('completed', all.tick);
      const begin = performance.now();
      queue.process(place.concurrency, async () => undefined).catch(console.error);
      await all.done;
      const elapsed = performance.now() - begin;
      await queue.close();
      queue = new Bull('bench-raw', place.redisUrl);
      return elapsed;
    },
    close: () => queue.close(),
  };
}

export function bullMq(place: Place): Contender {
  const { hostname, port } = new URL(place.redisUrl);
  const connection = { host: hostname, port: Number(port) };
  const queue = new Queue('bench-mq', { connection });
  return {
    name: 'BullMQ 6.7',
    setup: `concurrency ${place.concurrency}, removeOnComplete`,
    durable: false,
    async prepare(jobs) {
      const list = Array.from({ length: jobs }, (_, n) => ({
        name: 'bench',
        data: { n },
        opts: { removeOnComplete: true },
      }));
      for (let done = 0; done < jobs; done += 1_000) await queue.addBulk(list.slice(done, done + 1_000));
    },
    async run(jobs) {
      const all = countdown(jobs);
      const begin = performance.now();
      const worker = new Worker('bench-mq', async () => undefined, { connection, concurrency: place.concurrency });
      worker.on('completed', all.tick);
      await all.done;
      const elapsed = performance.now() - begin;
      await worker.close();
      return elapsed;
    },
    close: () => queue.close(),
  };
}
