import { expect, test } from 'vitest';
import { holdAny, localLocks } from '@/components/jobs/live/tab-locks';

/** Work that notes when it begins and lasts until told to stop. */
function worker(log: string[], name: string) {
  return (stop: AbortSignal) => {
    log.push(`${name} begins`);
    return new Promise<void>((resolve) => {
      stop.addEventListener('abort', () => {
        log.push(`${name} stops`);
        resolve();
      });
    });
  };
}

const never = () => new AbortController().signal;

test('the next in line gets the lock when its holder goes', async () => {
  const locks = localLocks();
  const log: string[] = [];
  const first = new AbortController();
  void locks.hold('job', { signal: first.signal }, worker(log, 'first'));
  void locks.hold('job', { signal: never() }, worker(log, 'second'));
  expect(log).toEqual(['first begins']);
  first.abort();
  await expect.poll(() => log).toEqual(['first begins', 'first stops', 'second begins']);
});

test('who gives up while waiting never begins', async () => {
  const locks = localLocks();
  const log: string[] = [];
  const first = new AbortController();
  const second = new AbortController();
  void locks.hold('job', { signal: first.signal }, worker(log, 'first'));
  const waited = locks.hold('job', { signal: second.signal }, worker(log, 'second'));
  second.abort();
  await waited;
  first.abort();
  await expect.poll(() => log).toEqual(['first begins', 'first stops']);
});

test('a lock that is taken away stops its holder', async () => {
  const locks = localLocks();
  const log: string[] = [];
  const robbed = locks.hold('job', { signal: never() }, worker(log, 'first'));
  void locks.hold('job', { signal: never(), steal: true }, worker(log, 'second'));
  await robbed;
  expect(log).toEqual(['first begins', 'first stops', 'second begins']);
});

test('of several locks the first free one is held, and only one', async () => {
  const locks = localLocks();
  const log: string[] = [];
  const names = ['a', 'b'];
  const stops = [new AbortController(), new AbortController(), new AbortController()];
  for (const [index, { signal }] of stops.entries()) void holdAny(locks, names, signal, worker(log, `${index}`));
  expect(log).toEqual(['0 begins', '1 begins']);
  stops[1]?.abort();
  await expect.poll(() => log).toEqual(['0 begins', '1 begins', '1 stops', '2 begins']);
});
