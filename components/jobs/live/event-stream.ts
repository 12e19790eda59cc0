import { jobAnswerSchema } from '../job-answer';
import { etagOfVersion, type FollowedJob } from './followed-job';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** The browser connects again by itself, with `Last-Event-ID`; after so many times in vain we take over and wait longer. */
const OWN_ATTEMPTS = 3;

export type StreamListener = {
  onNews: (news: FollowedJob) => void;
  /** True once news arrive; false whenever they may be missing. */
  onLive: (live: boolean) => void;
  /** The job has ended; the stream is closed. */
  onEnd: () => void;
};
export type OpenStream = (jobId: string, listener: StreamListener) => () => void;

/**
 * Opens `GET /api/jobs/{id}/events` and keeps it open until the job ends.
 * @returns a function that closes it.
 */
export function openEventStream(jobId: string, listener: StreamListener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let proven = false;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = () => {
    const events = new EventSource(`/api/jobs/${encodeURIComponent(jobId)}/events`);
    source = events;
    events.addEventListener('open', () => {
      // Something on the way may hold news back for ever: a connection counts once one has come through. After that a
      // reader that comes back and has missed nothing is sent nothing.
      if (proven) listener.onLive(true);
    });
    events.addEventListener('status', (event: MessageEvent<string>) => {
      failures = 0;
      const news = toNews(event);
      if (news) listener.onNews(news);
      // News in a form this page does not know are as good as none: polls say what is to be done.
      proven = news !== null;
      listener.onLive(proven);
    });
    events.addEventListener('end', () => {
      close();
      listener.onEnd();
    });
    events.addEventListener('error', () => {
      listener.onLive(false);
      failures += 1;
      if (events.readyState !== EventSource.CLOSED && failures < OWN_ATTEMPTS) return;
      close();
      timer = setTimeout(open, waitAfter(failures));
    });
  };
  open();
  return close;
}

/** Doubles up to a minute; half of it by chance, so that pages do not come back all at once. */
function waitAfter(failures: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return longest * (0.5 + Math.random() / 2);
}

function toNews(event: MessageEvent<string>): FollowedJob | null {
  const answer = jobAnswerSchema.safeParse(parseJson(event.data));
  const version = Number(event.lastEventId);
  if (!answer.success || event.lastEventId === '' || !Number.isFinite(version)) return null;
  return { answer: answer.data, version, etag: etagOfVersion(version) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
