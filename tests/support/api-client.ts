import { expect, vi } from 'vitest';

export type ApiAnswer = { status: number; headers: Headers; body: Record<string, unknown> };
export type ApiOptions = { token?: string; body?: unknown; headers?: Record<string, string> };

/** Calls the running application over HTTP, as an integrator would. `body` of the answer is `{}` when there is none. */
export async function callApi(method: string, path: string, options: ApiOptions = {}): Promise<ApiAnswer> {
  const headers = new Headers(options.headers);
  if (options.token) headers.set('authorization', `Bearer ${options.token}`);
  const init: RequestInit = { method, headers, redirect: 'manual' };
  if (options.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  }
  const response = await fetch(`${process.env.APP_URL}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** The answer must be problem details with this status and code. */
export function expectProblem(answer: ApiAnswer, status: number, code: string): void {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
  expect(answer.status).toBe(status);
  expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'));
}

/** Polls a job until it has ended and returns the last answer. */
export async function untilEnded(jobId: string, token: string): Promise<ApiAnswer> {
  return vi.waitFor(
    async () => {
      const answer = await callApi('GET', `/api/jobs/${jobId}`, { token });
      expect(answer.status).toBe(200);
      return answer;
    },
    { timeout: 30_000, interval: 100 },
  );
}
