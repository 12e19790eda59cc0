import type { Organisation, SocialLink } from './schema';

/** Where organisations have pages, and what the path of such a page looks like. Pages of people are not taken. */
const NETWORKS: readonly { name: string; hosts: RegExp; path: RegExp }[] = [
  { name: 'LinkedIn', hosts: /(^|\.)linkedin\.com$/, path: /^\/(company|school|showcase)\/[^/]+/ },
  {
    name: 'Facebook',
    hosts: /(^|\.)(facebook|fb)\.com$/,
    path: /^\/(?!sharer|share|dialog|plugins|tr\b|photo|watch|events|hashtag|login|policy|policies|legal|help|privacy|business\/)[\w.-]+/,
  },
  {
    name: 'X',
    hosts: /^(www\.|mobile\.)?(twitter|x)\.com$/,
    path: /^\/(?!intent|share|home|search|hashtag|i\/|login|privacy|tos)\w{1,15}\/?$/,
  },
  {
    name: 'Instagram',
    hosts: /(^|\.)instagram\.com$/,
    path: /^\/(?!p\/|reel|explore|stories|accounts|about|legal)[\w.]+\/?$/,
  },
  { name: 'YouTube', hosts: /(^|\.)youtube\.com$/, path: /^\/(@[\w.-]+|channel\/[\w-]+|c\/[^/]+|user\/[^/]+)/ },
  { name: 'TikTok', hosts: /(^|\.)tiktok\.com$/, path: /^\/@[\w.]+\/?$/ },
  { name: 'Pinterest', hosts: /(^|\.)pinterest\.(com|co\.uk)$/, path: /^\/(?!pin\/)[\w-]+\/?$/ },
  {
    name: 'GitHub',
    hosts: /^(www\.)?github\.com$/,
    path: /^\/(orgs\/)?(?!features|pricing|about|login|sponsors)[\w-]+\/?$/,
  },
  { name: 'Threads', hosts: /(^|\.)threads\.(net|com)$/, path: /^\/@[\w.]+\/?$/ },
  { name: 'Bluesky', hosts: /^bsky\.app$/, path: /^\/profile\/[\w.:-]+\/?$/ },
  { name: 'Vimeo', hosts: /^(www\.)?vimeo\.com$/, path: /^\/(?!\d+)[\w-]+\/?$/ },
];
/** Accounts of the makers of templates, left in by many sites. */
const TEMPLATE_ACCOUNT =
  /\/(wix|wixcom|wordpress|wordpressdotcom|squarespace|shopify|weebly|godaddy|bootstrapmade|themeforest|envato|elementor|webflow|yourpage|yourcompany|yourprofile|username|example|companyname)\/?$/i;

/** A page of the company's site, for its links to social networks. */
export type LinkPage = { url: string; document: Document; organisations: readonly Organisation[] };

/**
 * Pages of the company on social networks, only those that its own site links to or names as `sameAs`. They are never
 * opened, and never guessed.
 * @returns one link per network and account, the first place of each.
 */
export function findSocialLinks(pages: readonly LinkPage[]): SocialLink[] {
  const links = new Map<string, SocialLink>();
  for (const [page, { url, document, organisations }] of pages.entries()) {
    const stated = organisations.flatMap(({ same_as }) =>
      same_as.map((address) => ({ address, found_in: 'json_ld' as const })),
    );
    const linked = [...document.querySelectorAll('a[href]')].map((link) => ({
      address: link.getAttribute('href')?.trim() ?? '',
      found_in: 'link' as const,
    }));
    for (const { address, found_in } of [...stated, ...linked]) {
      const account = socialAccount(address, url);
      if (account === null) continue;
      const key = `${account.network}:${new URL(account.url).pathname.toLowerCase().replace(/\/$/, '')}`;
      if (!links.has(key)) links.set(key, { ...account, page, found_in });
    }
  }
  return [...links.values()];
}

/** Whether an address is on a social network, which is never opened. */
export function isSocialNetwork(url: URL): boolean {
  return NETWORKS.some(({ hosts }) => hosts.test(url.hostname));
}

function socialAccount(address: string, base: string): { network: string; url: string } | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (!/^https?:$/.test(url.protocol) || TEMPLATE_ACCOUNT.test(url.pathname)) return null;
  const network = NETWORKS.find(({ hosts, path }) => hosts.test(url.hostname) && path.test(url.pathname));
  if (network === undefined) return null;
  // Without tracking marks and the like.
  url.search = '';
  url.hash = '';
  return { network: network.name, url: url.href };
}
