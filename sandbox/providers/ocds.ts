import type { Context } from 'hono';
import { z } from 'zod';
import { type ProviderTools, whole } from '../provider';

const release = z.looseObject({ ocid: z.string(), date: z.string(), tag: z.array(z.string()).nullish() });
const releasePackage = z.looseObject({ releases: z.array(release) });
type Release = z.infer<typeof release>;

/** Names of a portal's query: its two ends of time. */
export type OcdsQuery = { from: string; to: string };

/**
 * A page of the Open Contracting releases in a span of time, newest first.
 * Recordings are `<provider>/releases/<name>.json`: one release or a package of them each.
 */
export async function answerReleases(c: Context, provider: string, names: OcdsQuery, tools: ProviderTools) {
  const all = await readReleases(provider, tools);
  const from = c.req.query(names.from) ?? '';
  const to = c.req.query(names.to) ?? '9999';
  const stages = (c.req.query('stages') ?? '').split(',').filter(Boolean);
  const found = all
    // A day without a time means all of it.
    .filter(
      ({ date }) => date >= from && date.slice(0, Math.max(to.replace(/Z$/, '').length, 4)) <= to.replace(/Z$/, ''),
    )
    .filter(
      ({ tag }) => stages.length === 0 || (tag ?? []).some((one) => stages.some((stage) => one.startsWith(stage))),
    )
    .sort((one, other) => other.date.localeCompare(one.date));
  const limit = Math.min(whole(c.req.query('limit'), 100) || 100, 100);
  const start = whole(c.req.query('cursor'), 0);
  const next = new URL(c.req.url);
  next.searchParams.set('cursor', String(start + limit));
  return Response.json({
    uri: c.req.url,
    version: '1.1',
    publishedDate: '2026-11-23T00:00:00Z',
    license: 'http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    releases: found.slice(start, start + limit),
    ...(start + limit < found.length && { links: { next: next.href } }),
  });
}

/** The releases of one contracting process; null when it has none. */
export async function answerProcess(provider: string, ocid: string, tools: ProviderTools): Promise<Response | null> {
  const releases = (await readReleases(provider, tools)).filter((one) => one.ocid === ocid);
  if (releases.length === 0) return null;
  return Response.json({ version: '1.1', records: [{ ocid, releases, compiledRelease: releases.at(-1) }] });
}

async function readReleases(provider: string, { recordings }: ProviderTools): Promise<Release[]> {
  const names = await recordings.list(provider, '/releases');
  const read = await Promise.all(names.map((name) => recordings.find(provider, `/releases/${name}`)));
  return read.flatMap((recording) => {
    const together = releasePackage.safeParse(recording?.body);
    if (together.success) return together.data.releases;
    const single = release.safeParse(recording?.body);
    return single.success ? [single.data] : [];
  });
}
