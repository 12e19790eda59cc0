/** What a company may be called by a board: its registered name and its web site. */
export type KnownCompany = { name: string | null; host: string | null };

/** Words that say what kind of company it is, not which. */
const LEGAL_WORDS = new Set(
  'limited ltd plc llp lp cic inc incorporated llc gmbh ag bv sa sas srl ab oy corp corporation company co the uk gb group holdings holding international'.split(
    ' ',
  ),
);
/** Shorter names are too often a part of another one. */
const SHORTEST = 4;
const SECOND_LEVEL = new Set(['co', 'org', 'com', 'net', 'ltd', 'plc', 'gov', 'ac']);

/** The words of a name that tell it from others, in lower case and without accents. */
export function nameWords(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’.]/g, '')
    .replaceAll('&', ' and ')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const telling = words.filter((word) => !LEGAL_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** Whether two names are the same but for legal words, spaces and marks. */
export function isSameName(a: string, b: string): boolean {
  return nameWords(a).join('') === nameWords(b).join('');
}

/**
 * Whether what a board calls a company could be this one: the same name as the registered one or that of the web site,
 * or one that begins with the other. A trading name that shares nothing with either is not recognised.
 */
export function isRelatedName(called: string, company: KnownCompany): boolean {
  const own = [company.name, company.host === null ? null : siteName(company.host)];
  const theirs = nameWords(called).join('');
  return own.some((text) => {
    const ours = text === null ? '' : nameWords(text).join('');
    if (ours === '' || theirs === '') return false;
    if (ours === theirs) return true;
    const [shorter, longer] = ours.length < theirs.length ? [ours, theirs] : [theirs, ours];
    return shorter.length >= SHORTEST && longer.startsWith(shorter);
  });
}

/** `www.acme-widgets.co.uk` -> `acme-widgets`: the part of a host that its owner chose. */
export function siteName(host: string): string {
  const labels = host.toLowerCase().split('.');
  const last = labels.length - (SECOND_LEVEL.has(labels.at(-2) ?? '') && labels.length > 2 ? 3 : 2);
  return labels[Math.max(last, 0)] ?? host;
}
