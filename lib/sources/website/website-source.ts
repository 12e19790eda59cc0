import { createHash } from 'node:crypto';
import { profileSource } from '../companies-house/profile-source';
import type { SourceContext, SourceDefinition, SourceInput } from '../define-source';
import { readOutcome } from '../read-outcome';
import { type Answer, readThroughCache } from '../read-through-cache';
import type { SourceOrigin, SourceOutcome } from '../source';
import type { WebAccess } from '../web/web-access';
import type { SoughtCompany } from './company-match';
import { findWebsite } from './find-website';
import { type Website, websiteSchema } from './schema';

const ID = 'website.pages';
const LIFETIME_MS = 24 * 3_600_000;
/** Design note research 1.6: the company's own claim, as text on its site. JSON-LD counts a little more. */
const RELIABILITY = 0.75;
const REGISTER_PAGES = 'https://find-and-update.company-information.service.gov.uk/company';

/** Reads that are under way, by job: other sources build on this one, and a site is crawled once. */
const underWay = new WeakMap<WebAccess, Map<string, Promise<SourceOutcome<Website>>>>();

/** The company's own web site, proved to be its own, or which sites may be. */
export const websiteSource: SourceDefinition<Website> = {
  id: ID,
  read(ctx, input) {
    const reads = underWay.get(ctx.web) ?? new Map<string, Promise<SourceOutcome<Website>>>();
    underWay.set(ctx.web, reads);
    const key = `${input.companyNumber}:${input.website ?? ''}`;
    const known = reads.get(key);
    if (known !== undefined) return known;
    const read = readWebsite(ctx, input);
    // What is looked up among kept answers only must not stand in for a read that may ask.
    if (ctx.keptOnly === true) return read;
    reads.set(key, read);
    read.catch(() => reads.delete(key));
    return read;
  },
};

function readWebsite(ctx: SourceContext, input: SourceInput): Promise<SourceOutcome<Website>> {
  return readOutcome(ctx, ID, null, async () => {
    const answer = await readThroughCache(ctx, {
      key: `${ID}:${input.companyNumber}:${input.website ?? ''}@${ctx.web.origin}`,
      source: ID,
      lifetimeMs: LIFETIME_MS,
      parse: (body) => websiteSchema.safeParse(JSON.parse(body)).data ?? null,
      fetch: async () => {
        const data = await findWebsite(ctx, await soughtCompany(ctx, input), input.website ?? null);
        const body = JSON.stringify(data);
        const sha256 = data.pages[0]?.sha256 ?? createHash('sha256').update(body).digest('hex');
        return { outcome: 'ok', data, body, etag: null, sha256 };
      },
    });
    return toOutcome(input, answer);
  });
}

/** Name and postcode as on the register, where our own records were not asked or do not hold them. */
async function soughtCompany(ctx: SourceContext, input: SourceInput): Promise<SoughtCompany> {
  const { companyNumber: number, companyName, postcode } = input;
  if (companyName !== undefined && postcode) return { number, name: companyName, postcode };
  const profile = await profileSource.read(ctx, { companyNumber: number });
  const { company_name, registered_office_address } = profile.outcome === 'ok' ? profile.data : {};
  return {
    number,
    name: company_name ?? companyName ?? null,
    postcode: registered_office_address?.postal_code ?? postcode ?? null,
  };
}

function toOutcome({ companyNumber }: SourceInput, { data, ...answer }: Answer<Website>): SourceOutcome<Website> {
  const host = data?.site?.host ?? data?.candidates.find(({ finding }) => finding === 'name_only')?.host;
  const origin: SourceOrigin = {
    source: ID,
    title: host === undefined ? 'Company web site' : `Web site ${host}`,
    url: data?.site?.home ?? (host === undefined ? `${REGISTER_PAGES}/${companyNumber}` : `https://${host}/`),
    sourceType: 'web_site',
    retrievedAt: answer.retrievedAt,
    publishedAt: null,
    sha256: answer.sha256,
    reliability: RELIABILITY,
    stale: answer.stale,
  };
  if (data === null || data.state === 'none') return { outcome: 'empty', origin, reason: whyNone(data) };
  return { outcome: 'ok', data, origin };
}

function whyNone(data: Website | null): string {
  const details = data?.candidates.map(({ detail }) => detail) ?? [];
  const none = 'No web site of the company is known, and none that its name suggests could be proved to be its own';
  return details.length === 0 ? `${none}.` : `${none}: ${details.join(' ')}`;
}
