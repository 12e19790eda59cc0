import { createServer, type RequestListener } from 'node:http';

export type ProviderServer = {
  url: string;
  /** Every request that arrived: when (ms since the epoch) and for what. */
  requests: { at: number; path: string }[];
  /** Sets how requests are answered from now on, and forgets those that came. */
  answerWith(listener: RequestListener): void;
  close(): Promise<void>;
};

/** A provider on a free port of loopback that notes what reaches it, and never answers until it is told how. */
export async function startProviderServer(): Promise<ProviderServer> {
  const requests: ProviderServer['requests'] = [];
  let answer: RequestListener = () => undefined;
  const server = createServer((request, response) => {
    requests.push({ at: Date.now(), path: request.url ?? '' });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answerWith(listener) {
      requests.length = 0;
      answer = listener;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
