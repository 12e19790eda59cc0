import { describe, expect, it, vi } from 'vitest';
import type { JobFrame } from '@/lib/http/jobs/job-frame';
import { createStreamReader } from '@/lib/http/jobs/stream-reader';

const NOTHING_SEEN = { text: '', version: -1, tag: '' };
const ENCODER = new TextEncoder();

function frame(version: number, options: { tag?: string; isTerminal?: boolean } = {}): JobFrame {
  const { tag = String(version), isTerminal = false } = options;
  return {
    version,
    tag,
    isTerminal,
    news: ENCODER.encode(`news ${version};`),
    notice: ENCODER.encode(`notice ${tag};`),
    end: ENCODER.encode(`end ${version};`),
  };
}

function open(sessionEndsAt = Number.POSITIVE_INFINITY) {
  const onClose = vi.fn();
  const reader = createStreamReader({ hello: 'hello;', sessionEndsAt, onClose });
  return { reader, onClose, body: new Response(reader.stream) };
}

describe('an event stream', () => {
  it('ends with the job', async () => {
    const { reader, onClose, body } = open();
    reader.begin(NOTHING_SEEN);
    reader.offer(frame(1, { isTerminal: true }));
    expect(await body.text()).toBe('hello;news 1;end 1;');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('keeps only the newest state for a reader that does not read', async () => {
    const { reader, body } = open();
    reader.begin(NOTHING_SEEN);
    for (let version = 1; version <= 100; version += 1) reader.offer(frame(version));
    reader.offer(frame(101, { isTerminal: true }));
    expect(await body.text()).toBe('hello;news 101;end 101;');
  });

  it('sends nothing twice and nothing older', async () => {
    const { reader, body } = open();
    reader.begin({ text: 'replay;', version: 5, tag: '5' });
    const text = body.text();
    for (const version of [4, 5, 6, 6, 5]) {
      reader.offer(frame(version));
      await taken();
    }
    reader.close();
    expect(await text).toBe('hello;replay;news 6;');
  });

  it('announces what changes without a new version under no id of its own', async () => {
    const { reader, body } = open();
    reader.begin(NOTHING_SEEN);
    const text = body.text();
    for (const tag of ['7', '7-stale', '7-stale', '7']) {
      reader.offer(frame(7, { tag }));
      await taken();
    }
    reader.close();
    expect(await text).toBe('hello;news 7;notice 7-stale;notice 7;');
  });

  it('tells what came while it looked for what was missed only afterwards', async () => {
    const { reader, body } = open();
    reader.offer(frame(8));
    reader.offer(frame(9, { isTerminal: true }));
    reader.begin({ text: 'replay;', version: 7, tag: '' });
    expect(await body.text()).toBe('hello;replay;news 9;end 9;');
  });

  it('beats every 15 seconds', async () => {
    const { reader, body } = open();
    reader.begin(NOTHING_SEEN);
    const text = body.text();
    const now = Date.now();
    for (let second = 1; second <= 46; second += 1) {
      reader.tick(now + second * 1_000 + 5);
      await taken();
    }
    reader.close();
    expect((await text).match(/: still here\n\n/g)).toHaveLength(3);
  });

  it('ends with the session', async () => {
    const { reader, onClose, body } = open(Date.now() + 10_000);
    reader.begin(NOTHING_SEEN);
    reader.tick(Date.now() + 9_000);
    expect(onClose).not.toHaveBeenCalled();
    reader.tick(Date.now() + 10_001);
    expect(await body.text()).toContain('the session has ended');
    expect(reader.isClosed()).toBe(true);
  });

  it('gives up a reader that takes nothing for a minute', async () => {
    const { reader, onClose, body } = open();
    reader.begin(NOTHING_SEEN);
    reader.offer(frame(1));
    const now = Date.now();
    reader.tick(now);
    reader.tick(now + 60_000);
    expect(onClose).not.toHaveBeenCalled();
    reader.tick(now + 60_001);
    expect(onClose).toHaveBeenCalledTimes(1);
    await expect(body.text()).rejects.toThrow('takes nothing');
  });

  it('is forgotten when the reader goes away', async () => {
    const { reader, onClose, body } = open();
    reader.begin(NOTHING_SEEN);
    await body.body?.cancel();
    reader.offer(frame(1));
    reader.tick(Date.now() + 15_001);
    reader.close();
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});

/** Until the body has taken what was sent. */
async function taken(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
