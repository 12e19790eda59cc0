import { z } from 'zod';

const problemSchema = z.object({
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  request_id: z.string().optional(),
});

/** A request that was not answered as hoped, in words for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  /** The problem document with its extra members, as it came. */
  readonly body: unknown;

  constructor(problem: {
    status: number;
    code: string;
    title: string;
    detail: string;
    requestId?: string | undefined;
    body?: unknown;
  }) {
    super(problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.body = problem.body;
  }
}

/**
 * Calls the product's own API with the session cookie.
 * @returns the response for 2xx and 304.
 * @throws ApiError for everything else; status 0 when the server could not be reached.
 */
export async function apiFetch(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      cache: 'no-store',
      headers: { accept: 'application/json', ...init.headers },
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      title: 'oppSpot could not be reached',
      detail: 'Check your connection. Work that was started goes on without this page.',
    });
  }
  if (response.ok || response.status === 304) return response;
  throw await toApiError(response);
}

/** @returns the parsed body. @throws ApiError also when the body is not of the expected form. */
export async function apiJson<T>(schema: z.ZodType<T>, path: string, init: RequestInit = {}): Promise<T> {
  return readJson(schema, await apiFetch(path, init));
}

export async function readJson<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  throw new ApiError({
    status: response.status,
    code: 'unreadable_answer',
    title: 'The answer could not be read',
    detail: 'The page may be older than the server. Reload it and try again.',
  });
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = problemSchema.safeParse(body);
  if (problem.success) {
    const { request_id, ...rest } = problem.data;
    return new ApiError({ ...rest, requestId: request_id, body });
  }
  return new ApiError({
    status: response.status,
    code: 'unknown',
    title: 'Something went wrong',
    detail: `The server answered ${response.status}. Try again in a moment.`,
  });
}
