import { openEventStream } from './event-stream';
import { type FeedListener, type SharedStream, type StreamParts, shareStream } from './shared-stream';
import { openTabChannel } from './tab-channel';
import { browserLocks, localLocks } from './tab-locks';
import { type Wake, watchWake } from './wake-signals';

/** News that a poll has seen reach the stream within this time, or the stream is deaf. */
const NEWS_DELAY_MS = 2_000;
/** A connection that was deaf so often goes through something that holds news back: polls are quicker. */
const DEAF_LIMIT = 2;

/** What is shared by everything on the page that follows the same job. */
type Feed = {
  stream: SharedStream;
  listeners: Set<FeedListener & { onLook: () => void }>;
  live: boolean;
  /** Newest version that came over the stream. */
  heard: number;
  deaf: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

export type FollowOptions = FeedListener & {
  /** Ask at once: the page has come back, and something may have been missed. */
  onLook: () => void;
};
export type Following = {
  /** Tells the feed what a poll has seen, so that a stream which stays behind is found out. */
  noteLook: (version: number) => void;
  leave: () => void;
};
export type JobFeeds = { follow: (jobId: string, options: FollowOptions) => Following };

/**
 * The job streams of one tab: one for each job that is followed, however many parts of the page follow it.
 * @param watch tells when the page comes back from sleep; it is watched while a job is followed.
 */
export function createJobFeeds(parts: StreamParts, watch: (wake: Wake) => () => void): JobFeeds {
  const feeds = new Map<string, Feed>();
  let unwatch: (() => void) | null = null;

  const join = (jobId: string): Feed => {
    const known = feeds.get(jobId);
    if (known) return known;
    const feed = openFeed(jobId, parts);
    feeds.set(jobId, feed);
    unwatch ??= watch({ onLook: () => look(false), onWake: () => look(true) });
    return feed;
  };
  const look = (woken: boolean) => {
    for (const { stream, listeners } of feeds.values()) {
      if (woken) stream.refresh();
      for (const { onLook } of listeners) onLook();
    }
  };
  return {
    follow: (jobId, options) => {
      const feed = join(jobId);
      feed.listeners.add(options);
      options.onLive(feed.live);
      return {
        noteLook: (version) => noteLook(feed, version),
        leave: () => {
          feed.listeners.delete(options);
          if (feed.listeners.size > 0) return;
          clearTimeout(feed.timer);
          feed.stream.close();
          feeds.delete(jobId);
          if (feeds.size > 0) return;
          unwatch?.();
          unwatch = null;
        },
      };
    },
  };
}

function openFeed(jobId: string, parts: StreamParts): Feed {
  const listeners: Feed['listeners'] = new Set();
  const feed: Omit<Feed, 'stream'> = { listeners, live: false, heard: 0, deaf: 0, timer: undefined };
  const stream = shareStream(jobId, parts, {
    onNews: (news) => {
      feed.heard = Math.max(feed.heard, news.version);
      for (const { onNews } of listeners) onNews(news);
    },
    onLive: (live) => {
      feed.live = live;
      for (const { onLive } of listeners) onLive(live);
    },
  });
  return Object.assign(feed, { stream });
}

/** A poll that knows more than the stream proves it deaf, unless the stream tells the same within a moment. */
function noteLook(feed: Feed, version: number): void {
  if (!feed.live || version <= feed.heard) return;
  clearTimeout(feed.timer);
  feed.timer = setTimeout(() => {
    if (!feed.live || feed.heard >= version) return;
    feed.deaf += 1;
    if (feed.deaf < DEAF_LIMIT) return feed.stream.replace();
    feed.stream.close();
    feed.live = false;
    for (const { onLive } of feed.listeners) onLive(false);
  }, NEWS_DELAY_MS);
}

let ofThisTab: JobFeeds | null = null;

/** The feeds of this tab; null where there are no event streams (on the server, in very old browsers). */
export function jobFeeds(): JobFeeds | null {
  if (typeof window === 'undefined' || typeof EventSource === 'undefined') return null;
  const locks = browserLocks() ?? localLocks();
  ofThisTab ??= createJobFeeds({ openStream: openEventStream, openChannel: openTabChannel, locks }, watchWake);
  return ofThisTab;
}
