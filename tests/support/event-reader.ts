import http from 'node:http';

export type ServerEvent = { id: string | undefined; event: string; data: Record<string, unknown> };

export type EventReader = {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** What has arrived so far. */
  events: ServerEvent[];
  /** Everything as it came, comments and hints included. */
  text(): string;
  isClosed(): boolean;
  /** Goes away without a word, as a browser does. */
  leave(): void;
};

/** Opens the event stream of a job on a connection of its own, as a browser would. */
export function readEvents(
  jobId: string,
  token: string,
  headers: Record<string, string> = {},
  appUrl = String(process.env.APP_URL),
): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, headers: { authorization: `Bearer ${token}`, ...headers } };
    const request = http.get(`${appUrl}/api/jobs/${jobId}/events`, options, (response) => {
      const reader = listen(response);
      resolve({ ...reader, leave: () => request.destroy() });
    });
    request.once('error', reject);
  });
}

function listen(response: http.IncomingMessage): Omit<EventReader, 'leave'> {
  const events: ServerEvent[] = [];
  let text = '';
  let parsed = 0;
  let closed = false;
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', parsed); end >= 0; end = text.indexOf('\n\n', parsed)) {
      const event = parseEvent(text.slice(parsed, end));
      if (event) events.push(event);
      parsed = end + 2;
    }
  });
  response.once('close', () => {
    closed = true;
  });
  // A connection that is cut is an end like any other to whoever listens.
  response.once('error', () => undefined);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    text: () => text,
    isClosed: () => closed,
  };
}

function parseEvent(block: string): ServerEvent | null {
  const event = /^event: (.*)$/m.exec(block)?.[1];
  if (event === undefined) return null;
  return { id: /^id: (.*)$/m.exec(block)?.[1], event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') };
}

/** The ids of the statuses, as numbers. */
export function idsOf({ events }: Pick<EventReader, 'events'>): number[] {
  return events.filter(({ event }) => event === 'status').map(({ id }) => Number(id));
}
