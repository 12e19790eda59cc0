import http from 'node:http';

export type HoldingProxy = { url: string; held(): number; close(): Promise<void> };

/**
 * Stands before a server and keeps the requests to one path: they neither pass nor are they answered.
 * @param path end of the path, such as `/rpc/finish_jobs`.
 */
export async function startHoldingProxy(target: string, path: string): Promise<HoldingProxy> {
  let held = 0;
  const proxy = http.createServer((request, response) => {
    if (request.url?.split('?')[0]?.endsWith(path)) {
      held += 1;
      request.resume();
      return;
    }
    const { method = 'GET', headers } = request;
    const onward = http.request(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    held: () => held,
    close: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
