import { z } from 'zod';
import type { ProviderRequest } from './world';

const logSchema = z.array(
  z.object({ at: z.string(), provider: z.string(), path: z.string(), status: z.number().nullable() }),
);

/** Reads the sandbox's log; only requests about one company are of interest. */
export async function readRequests(sandboxUrl: string): Promise<ProviderRequest[]> {
  const log = logSchema.parse(await (await fetch(`${sandboxUrl}/_log`)).json());
  return log.flatMap(({ at, path, status }) => {
    const companyId = /^\/company\/([^/?]+)/.exec(path)?.[1];
    return companyId === undefined ? [] : [{ at: Date.parse(at), companyId, path, status }];
  });
}
