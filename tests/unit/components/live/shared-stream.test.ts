import { afterEach, expect, test } from 'vitest';
import type { OpenStream, StreamListener } from '@/components/jobs/live/event-stream';
import { type SharedStream, shareStream } from '@/components/jobs/live/shared-stream';
import { openTabChannel } from '@/components/jobs/live/tab-channel';
import { localLocks } from '@/components/jobs/live/tab-locks';
import { news } from './news';

const open: SharedStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

/** A browser: its tabs share locks and a channel; its connections are kept in the order in which they were opened. */
function browser() {
  const locks = localLocks();
  const connections: (StreamListener & { jobId: string; closed: boolean })[] = [];
  const openStream: OpenStream = (jobId, listener) => {
    const connection = { ...listener, jobId, closed: false };
    connections.push(connection);
    return () => {
      connection.closed = true;
    };
  };
  const tab = (jobId: string) => {
    const heard: number[] = [];
    const seen = { heard, live: false };
    const stream = shareStream(
      jobId,
      { openStream, openChannel: openTabChannel, locks },
      {
        onNews: ({ version }) => heard.at(-1) !== version && heard.push(version),
        onLive: (live) => {
          seen.live = live;
        },
      },
    );
    open.push(stream);
    return Object.assign(seen, { stream });
  };
  const tell = (index: number, version: number) => {
    connections[index]?.onNews(news(version));
    connections[index]?.onLive(true);
  };
  return { tab, tell, connections };
}

test('two tabs share one connection, and both hear everything', async () => {
  const { tab, tell, connections } = browser();
  const first = tab('research:DM000001:1');
  const second = tab('research:DM000001:1');
  tell(0, 1);
  tell(0, 2);
  await expect.poll(() => second.heard).toEqual([1, 2]);
  expect(second.live).toBe(true);
  expect(first.heard).toEqual([1, 2]);
  expect(connections).toHaveLength(1);
});

test('a tab that comes later is told how things are', async () => {
  const { tab, tell } = browser();
  tab('research:DM000002:1');
  tell(0, 7);
  const late = tab('research:DM000002:1');
  await expect.poll(() => late.heard).toEqual([7]);
  await expect.poll(() => late.live).toBe(true);
});

test('another tab takes over when the one with the connection closes', async () => {
  const { tab, tell, connections } = browser();
  const first = tab('research:DM000003:1');
  const second = tab('research:DM000003:1');
  tell(0, 1);
  await expect.poll(() => second.live).toBe(true);
  first.stream.close();
  await expect.poll(() => connections.length).toBe(2);
  expect(connections[0]?.closed).toBe(true);
  expect(second.live).toBe(false);
  tell(1, 2);
  expect(second.heard).toEqual([1, 2]);
  expect(second.live).toBe(true);
});

test('a tab that finds the connection deaf opens its own, and the others follow that one', async () => {
  const { tab, tell, connections } = browser();
  const first = tab('research:DM000004:1');
  const second = tab('research:DM000004:1');
  tell(0, 1);
  await expect.poll(() => second.live).toBe(true);
  second.stream.replace();
  await expect.poll(() => connections.length).toBe(2);
  expect(connections[0]?.closed).toBe(true);
  tell(1, 5);
  await expect.poll(() => first.heard).toContain(5);
  await expect.poll(() => first.live).toBe(true);
});

test('a fourth job has no connection until one of the three others ends', async () => {
  const { tab, connections } = browser();
  const tabs = [5, 6, 7, 8].map((number) => tab(`research:DM00000${number}:1`));
  await expect.poll(() => connections.map(({ jobId }) => jobId.slice(9, 17))).toHaveLength(3);
  expect(tabs[3]?.live).toBe(false);
  tabs[0]?.stream.close();
  await expect.poll(() => connections.at(3)?.jobId).toBe('research:DM000008:1');
});

test('after a sleep only the tab with the connection opens it anew', async () => {
  const { tab, tell, connections } = browser();
  const first = tab('research:DM000009:1');
  const second = tab('research:DM000009:1');
  tell(0, 1);
  await expect.poll(() => second.live).toBe(true);
  second.stream.refresh();
  first.stream.refresh();
  expect(connections).toHaveLength(2);
  expect(connections[0]?.closed).toBe(true);
});
