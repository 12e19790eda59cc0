import type { Context } from 'hono';
import { z } from 'zod';
import { admitAnyone, gatewayPage, type Provider, refuse, whole } from '../provider';

type Board = {
  name: string;
  /** Address of a company's list; its group is the company. Versions before it may be left out. */
  path: RegExp;
  /** Where the list of a company is recorded. */
  recorded(company: string): string;
  /** Body of "no such board". */
  missing: unknown;
  /** Cuts one page out of the recorded list. */
  page?(c: Context, body: unknown): unknown;
};

const list = z.array(z.unknown());
const smartRecruitersList = z.looseObject({ content: z.array(z.unknown()) });

const BOARDS: readonly Board[] = [
  {
    name: 'greenhouse',
    path: /^(?:\/v1)?\/boards\/([\w-]+)\/jobs$/,
    recorded: (company) => `/boards/${company}/jobs`,
    missing: { status: 404, error: 'Job not found' },
  },
  leverBoard('lever'),
  leverBoard('lever-eu'),
  {
    name: 'ashby',
    path: /^(?:\/posting-api)?\/job-board\/([\w.%-]+)$/,
    recorded: (company) => `/job-board/${company}`,
    missing: 'Not Found',
  },
  {
    name: 'workable',
    path: /^(?:\/api\/v1\/widget)?\/accounts\/([\w-]+)$/,
    recorded: (company) => `/accounts/${company}`,
    missing: { error: 'Not found' },
  },
  {
    name: 'recruitee',
    path: /^\/([\w-]+)\/api\/offers\/?$/,
    recorded: (company) => `/${company}/api/offers`,
    missing: { error: ['Not found'] },
  },
  {
    name: 'smartrecruiters',
    path: /^(?:\/v1)?\/companies\/([\w-]+)\/postings$/,
    recorded: (company) => `/companies/${company}/postings`,
    // It knows no wrong company: whoever does not recruit has no postings.
    missing: null,
    page(c, body) {
      const offset = whole(c.req.query('offset'), 0);
      const limit = Math.min(whole(c.req.query('limit'), 100) || 100, 100);
      const content = smartRecruitersList.safeParse(body).data?.content ?? [];
      return { offset, limit, totalFound: content.length, content: content.slice(offset, offset + limit) };
    },
  },
];

/** Boards on which companies publish their open roles. */
export const JOB_BOARDS: readonly Provider[] = BOARDS.map(toProvider);

function leverBoard(name: string): Board {
  return {
    name,
    path: /^(?:\/v0)?\/postings\/([\w.-]+)$/,
    recorded: (company) => `/postings/${company}`,
    missing: { ok: false, error: 'Document not found' },
    page(c, body) {
      const skip = whole(c.req.query('skip'), 0);
      return (list.safeParse(body).data ?? []).slice(skip, skip + whole(c.req.query('limit'), 100));
    },
  };
}

function toProvider(board: Board): Provider {
  const provider: Provider = {
    name: board.name,
    admit: admitAnyone,
    async answer(c, path, { recordings }) {
      const [, company] = board.path.exec(path) ?? [];
      if (company === undefined) return refuse(provider, 404);
      const recording =
        (await recordings.find(board.name, board.recorded(company))) ?? (await recordings.find(board.name, path));
      if (recording === null && board.missing === null) return Response.json(board.page?.(c, null) ?? null);
      if (recording === null) return refuse(provider, 404);
      const body = recording.status === 200 && board.page ? board.page(c, recording.body) : recording.body;
      return Response.json(body, { status: recording.status });
    },
    failure(status) {
      if (status >= 502) return gatewayPage(status);
      const body = status === 404 && board.missing !== null ? board.missing : { error: `Error ${status}` };
      if (typeof body === 'string') return { contentType: 'text/plain', body };
      return { contentType: 'application/json', body: JSON.stringify(body) };
    },
    limited({ resetAt }, now) {
      const seconds = Math.max(0, Math.ceil(resetAt - now.getTime() / 1000));
      return refuse(provider, 429, { 'Retry-After': String(seconds) });
    },
  };
  return provider;
}
