import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamListener } from '@/components/jobs/live/event-stream';
import { createJobFeeds } from '@/components/jobs/live/job-feeds';
import { localLocks } from '@/components/jobs/live/tab-locks';
import type { Wake } from '@/components/jobs/live/wake-signals';
import { news } from './news';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A tab on its own that follows one job. */
function tab() {
  const connections: (StreamListener & { closed: boolean })[] = [];
  const parts = {
    openStream: (_jobId: string, listener: StreamListener) => {
      const connection = { ...listener, closed: false };
      connections.push(connection);
      return () => {
        connection.closed = true;
      };
    },
    openChannel: () => ({ send: () => undefined, close: () => undefined }),
    locks: localLocks(),
  };
  const wakes: Wake[] = [];
  const feeds = createJobFeeds(parts, (wake) => {
    wakes.push(wake);
    return () => wakes.splice(0);
  });
  const seen = { live: false, versions: [] as number[], looks: 0 };
  const follow = () =>
    feeds.follow('research:DM000001:1', {
      onNews: ({ version }) => seen.versions.push(version),
      onLive: (live) => {
        seen.live = live;
      },
      onLook: () => {
        seen.looks += 1;
      },
    });
  const tell = (version: number) => {
    const connection = connections.at(-1);
    connection?.onNews(news(version));
    connection?.onLive(true);
  };
  return { connections, seen, follow, tell, wakes };
}

test('a stream that stays behind what a poll has seen is opened anew, and given up when that does not help', () => {
  const { connections, seen, follow, tell } = tab();
  const following = follow();
  tell(1);
  expect(seen.live).toBe(true);
  following.noteLook(2);
  vi.advanceTimersByTime(2_000);
  expect(connections).toHaveLength(2);
  expect(connections[0]?.closed).toBe(true);
  expect(seen.live, 'while the new one has said nothing').toBe(false);

  tell(2);
  following.noteLook(3);
  vi.advanceTimersByTime(2_000);
  expect(seen.live, 'after it was deaf twice').toBe(false);
  expect(connections.every(({ closed }) => closed)).toBe(true);
});

test('news that reach the stream a moment after a poll are no reason to doubt it', () => {
  const { connections, seen, follow, tell } = tab();
  const following = follow();
  tell(1);
  following.noteLook(2);
  vi.advanceTimersByTime(500);
  tell(2);
  vi.advanceTimersByTime(5_000);
  expect(connections).toHaveLength(1);
  expect(seen).toEqual({ live: true, versions: [1, 2], looks: 0 });
});

test('a page that comes back looks at once; after a sleep its connection is opened anew as well', () => {
  const { connections, seen, follow, tell, wakes } = tab();
  const following = follow();
  tell(1);
  wakes[0]?.onLook();
  expect(seen.looks).toBe(1);
  expect(connections).toHaveLength(1);
  wakes[0]?.onWake();
  expect(seen.looks).toBe(2);
  expect(connections).toHaveLength(2);
  following.leave();
  expect(wakes).toHaveLength(0);
});

test('two parts of a page that follow the same job share its stream until both have left', () => {
  const { connections, follow } = tab();
  const first = follow();
  const second = follow();
  expect(connections).toHaveLength(1);
  first.leave();
  expect(connections[0]?.closed).toBe(false);
  second.leave();
  expect(connections[0]?.closed).toBe(true);
});
