import { peekLearnedSeconds } from '@/lib/queue/status/estimate';
import { statusTag } from '@/lib/queue/status/job-status';
import { isTerminal, type JobStatus } from '@/types/jobs';
import { toJobBody } from './job-body';

/** A status as it goes over the wire. */
export type JobFrame = {
  version: number;
  tag: string;
  isTerminal: boolean;
  /** `event: status` with the version as `id:`. */
  news: Uint8Array;
  /** The same without an id, for what changes without a new version: a reader's `Last-Event-ID` stays as it is. */
  notice: Uint8Array;
  /** `event: end`. */
  end: Uint8Array;
};

const ENCODER = new TextEncoder();
const frames = new WeakMap<JobStatus, JobFrame>();

/** Made once per status and process, whatever the number of readers. */
export function frameOf(status: JobStatus): JobFrame {
  const made = frames.get(status) ?? makeFrame(status);
  frames.set(status, made);
  return made;
}

function makeFrame(status: JobStatus): JobFrame {
  const { version, state } = status;
  const data = JSON.stringify(toJobBody(status, state === 'active' ? peekLearnedSeconds(status.queue) : null));
  return {
    version,
    tag: statusTag(status),
    isTerminal: isTerminal(state),
    news: ENCODER.encode(serverEvent('status', data, version)),
    notice: ENCODER.encode(serverEvent('status', data)),
    end: ENCODER.encode(serverEvent('end', JSON.stringify({ status: state }), version)),
  };
}

/** One server-sent event; `data` must be a single line, as JSON is. */
export function serverEvent(name: string, data: string, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}
