import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import type { SoughtCompany } from './company-match';
import { guessedHosts } from './company-name';
import { type ReadSite, readSite } from './read-site';
import type { SiteCandidate, Website } from './schema';
import { siteFacts } from './site-facts';
import { isSocialNetwork } from './social-links';

type Address = { url: string; host: string; knownFrom: SiteCandidate['known_from']; http: string | null };
type Tried = { candidate: SiteCandidate; failure: AppError | null };

/**
 * Finds the company's web site among the address that is known, or else a few guessed from its name, and reads it. A site
 * that proves to be another's, or proves nothing, gives no facts.
 * @param known address in our own records, with or without a scheme.
 * @throws the failure of the last address when none could be looked at.
 */
export async function findWebsite(ctx: SourceContext, company: SoughtCompany, known: string | null): Promise<Website> {
  const candidates: SiteCandidate[] = [];
  const failures: AppError[] = [];
  const addresses = addressesOf(company, known);
  for (const address of addresses) {
    const tried = await tryAddress(ctx, company, address);
    if ('site' in tried) return { ...tried.site, candidates: [...candidates, ...tried.site.candidates] };
    candidates.push(tried.candidate);
    if (tried.failure !== null) failures.push(tried.failure);
  }
  const [failure] = failures;
  if (failure !== undefined && failures.length === addresses.length) throw failure;
  const named = candidates.some(({ finding }) => finding === 'name_only');
  return { ...NOTHING_TAKEN, state: named ? 'candidate' : 'none', candidates };
}

const NOTHING_TAKEN = {
  site: null,
  match: null,
  pages: [],
  description: null,
  organisations: [],
  people: [],
  emails: [],
  phones: [],
  addresses: [],
  social_links: [],
  technologies: [],
  languages: [],
};

function addressesOf({ name }: SoughtCompany, known: string | null): Address[] {
  const stated = known === null ? null : toAddress(known);
  if (stated !== null) return [stated];
  return guessedHosts(name ?? '').map((host) => ({
    url: `https://${host}/`,
    host,
    knownFrom: 'company_name',
    http: `http://${host}/`,
  }));
}

function toAddress(known: string): Address | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(known.trim()) && !/^[^/:]+:\d+/.test(known.trim());
  const text = hasScheme ? known.trim() : `https://${known.trim()}`;
  if (!URL.canParse(text)) return null;
  const { href, hostname } = new URL(text);
  const http = hasScheme ? null : href.replace(/^https:/, 'http:');
  return { url: href, host: plainHost(hostname), knownFrom: 'our_records', http };
}

async function tryAddress(
  ctx: SourceContext,
  company: SoughtCompany,
  address: Address,
): Promise<Tried | { site: Website }> {
  const tried = (finding: SiteCandidate['finding'], detail: string, failure: AppError | null = null): Tried => ({
    candidate: { host: address.host, known_from: address.knownFrom, finding, detail },
    failure,
  });
  if (isSocialNetwork(new URL(address.url))) {
    return tried('not_read', `${address.host} is a social network, which is never opened.`);
  }
  try {
    const read = await readEither(ctx, address, company);
    if (read === null) return tried('no_site', `${address.host} shows no page.`);
    const { finding, pages } = read;
    if (finding.finding !== 'proved') return tried(finding.finding, DETAILS[finding.finding](address.host));
    const host = plainHost(new URL(pages[0]?.web.url ?? address.url).hostname);
    const detail = `${host} shows ${PROOFS[finding.match.kind]}.`;
    const candidate: SiteCandidate = { host, known_from: address.knownFrom, finding: 'proved', detail };
    return { site: { ...siteFacts(pages, finding.match, host), candidates: [candidate] } };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    if (isUnknownHost(error)) return tried('no_site', `${address.host} does not exist.`);
    // A robots.txt that could not be read forbids everything too, but only until it can be: the site is down.
    const failure = error.code === 'robots_disallowed' && error.cause instanceof AppError ? error.cause : error;
    const lasting = failure.code === 'robots_disallowed' || failure.code === 'address_refused';
    return tried('not_read', `${address.host} could not be read: ${error.detail}`, lasting ? null : failure);
  }
}

const PROOFS = {
  company_number: 'the company number',
  legal_name_and_postcode: 'the registered name and the postcode of the registered office',
};
const DETAILS = {
  name_only: (host: string) =>
    `${host} names the company, but shows neither its number nor its name with the postcode of its registered office.`,
  other_company: (host: string) => `${host} shows the number of another company.`,
  not_named: (host: string) => `${host} does not name the company.`,
};

/** Some small sites have no https; that is tried where nobody said which of the two it is. */
async function readEither(ctx: SourceContext, address: Address, company: SoughtCompany): Promise<ReadSite | null> {
  try {
    return await readSite(ctx, address.url, company);
  } catch (error) {
    const passing = error instanceof AppError && error.code === 'provider_unavailable' && !isUnknownHost(error);
    if (address.http === null || !passing) throw error;
    return readSite(ctx, address.http, company);
  }
}

/** The name server's answer that there is no such name: no outage, but a fact. */
function isUnknownHost(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === 'ENOTFOUND') return true;
  }
  return false;
}

function plainHost(hostname: string): string {
  return hostname.replace(/^www\./, '');
}
