import type { OpenStream } from './event-stream';
import type { FollowedJob } from './followed-job';
import type { OpenTabChannel, TabMessage } from './tab-channel';
import { holdAny, type TabLocks } from './tab-locks';

/** Over HTTP/1.1 a browser opens six connections to a host: three may be streams, the rest is for everything else. */
const STREAM_SLOTS = ['oppspot:stream:1', 'oppspot:stream:2', 'oppspot:stream:3'];

export type StreamParts = { openStream: OpenStream; openChannel: OpenTabChannel; locks: TabLocks };

export type FeedListener = {
  onNews: (news: FollowedJob) => void;
  /** Whether every change is heard at once; while it is not, the caller has to ask for itself. */
  onLive: (live: boolean) => void;
};

export type SharedStream = {
  /** Opens the connection anew when it is this tab's: after a sleep it may be dead without anybody having been told. */
  refresh: () => void;
  /** Opens the connection anew, and in this tab: news have been missed. */
  replace: () => void;
  close: () => void;
};

/**
 * One job's event stream, shared by all tabs of the browser: the tab that holds the job's lock has the connection and
 * tells the others. When it closes, crashes, or is found to be deaf, another tab takes over.
 */
export function shareStream(jobId: string, parts: StreamParts, listener: FeedListener): SharedStream {
  const closed = new AbortController();
  const state: { live: boolean; latest: FollowedJob | null; reopen: (() => void) | null; leading: boolean } = {
    live: false,
    latest: null,
    reopen: null,
    leading: false,
  };
  const setLive = (live: boolean) => {
    state.live = live;
    if (!closed.signal.aborted) listener.onLive(live);
  };
  const take = (news: FollowedJob) => {
    state.latest = news;
    if (!closed.signal.aborted) listener.onNews(news);
  };
  const channel = parts.openChannel((message) => {
    if (message.jobId === jobId) heed(message);
  });
  const report = () => {
    if (state.latest) channel.send({ kind: 'news', jobId, news: state.latest });
    channel.send({ kind: 'live', jobId, live: state.live });
  };
  const heed = (message: TabMessage) => {
    if (state.leading) return message.kind === 'ask' ? report() : undefined;
    if (message.kind === 'news') take(message.news);
    if (message.kind === 'live') setLive(message.live);
  };
  const tellLive = (live: boolean) => {
    if (live === state.live) return;
    setLive(live);
    channel.send({ kind: 'live', jobId, live });
  };

  /** Has the connection until told to stop; also when the job has ended, so that no other tab opens one to hear that. */
  const stream = (stop: AbortSignal) =>
    new Promise<void>((resolve) => {
      const open = () =>
        parts.openStream(jobId, {
          onNews: (news) => {
            take(news);
            channel.send({ kind: 'news', jobId, news });
          },
          onLive: tellLive,
          onEnd: () => tellLive(false),
        });
      let close = open();
      state.reopen = () => {
        close();
        tellLive(false);
        close = open();
      };
      onAbort(stop, () => {
        close();
        state.reopen = null;
        resolve();
      });
    });
  const lead = async (stop: AbortSignal) => {
    state.leading = true;
    setLive(false);
    report();
    await holdAny(parts.locks, STREAM_SLOTS, stop, stream);
    state.leading = false;
    setLive(false);
    // Another tab has taken over; it knows whether news arrive. A tab that closes asks nobody.
    if (!closed.signal.aborted) channel.send({ kind: 'ask', jobId });
  };
  const hold = (steal: boolean) => parts.locks.hold(`oppspot:job:${jobId}`, { signal: closed.signal, steal }, lead);
  /** Stands in line for as long as the job is followed, again after the lock was taken away. */
  const stand = async () => {
    while (!closed.signal.aborted) await hold(false);
  };

  channel.send({ kind: 'ask', jobId });
  // A browser that refuses locks to this page leaves it without a stream: it polls.
  void stand().catch(() => setLive(false));
  return {
    refresh: () => state.reopen?.(),
    replace: () => (state.leading ? state.reopen?.() : void hold(true).catch(() => setLive(false))),
    close: () => {
      closed.abort();
      channel.close();
    },
  };
}

function onAbort(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
}
