export type LoggedRequest = {
  /** When it arrived. */
  at: string;
  provider: string;
  /** Within the provider, such as `/company/00000006`. */
  path: string;
  /** Null as long as it has no answer. */
  status: number | null;
};

export type RequestLog = {
  /** Notes a request. @returns notes the status of its answer. */
  arrived(provider: string, path: string): (status: number) => void;
  read(): readonly LoggedRequest[];
  clear(): void;
};

/** The last requests in order of arrival, for audits of what was asked when. @param limit 0 keeps none. */
export function createRequestLog(limit: number, now: () => Date): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    arrived(provider, path) {
      const request: LoggedRequest = { at: now().toISOString(), provider, path, status: null };
      if (limit > 0) requests.push(request);
      // Cut in large steps: cutting off one at a time would copy the list with every request.
      if (requests.length > 2 * limit) requests = requests.slice(-limit);
      return (status) => {
        request.status = status;
      };
    },
    read: () => requests.slice(-limit || requests.length),
    clear() {
      requests = [];
    },
  };
}
