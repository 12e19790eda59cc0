import { z } from 'zod';
import { jobAnswerSchema } from '../job-answer';

/** What tabs tell each other about one job. */
const tabMessageSchema = z.discriminatedUnion('kind', [
  /** A tab that has just come asks the one with the stream how things are. */
  z.object({ kind: z.literal('ask'), jobId: z.string() }),
  z.object({ kind: z.literal('live'), jobId: z.string(), live: z.boolean() }),
  z.object({
    kind: z.literal('news'),
    jobId: z.string(),
    news: z.object({ answer: jobAnswerSchema, version: z.number(), etag: z.string().nullable() }),
  }),
]);
export type TabMessage = z.infer<typeof tabMessageSchema>;

export type TabChannel = {
  /** To all other tabs. */
  send: (message: TabMessage) => void;
  close: () => void;
};
export type OpenTabChannel = (onMessage: (message: TabMessage) => void) => TabChannel;

const CHANNEL = 'oppspot:jobs';

/** The channel between the tabs of this site; in a browser without one a tab talks to nobody. */
export const openTabChannel: OpenTabChannel = (onMessage) => {
  if (typeof BroadcastChannel === 'undefined') return { send: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // A tab of an older or newer version of the page may speak otherwise.
    const message = tabMessageSchema.safeParse(data);
    if (message.success) onMessage(message.data);
  };
  return { send: (message) => channel.postMessage(message), close: () => channel.close() };
};
