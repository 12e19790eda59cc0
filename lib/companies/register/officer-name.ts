const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|the rt hon|right hon)\.?\s+/i;
const PARTICLES = new Set(['van', 'von', 'de', 'der', 'den', 'di', 'da', 'du', 'del', 'la', 'le', 'bin', 'al', 'ter']);

/**
 * An officer's name as people write it: the register's `SURNAME, First Middle` becomes `First Middle Surname`.
 * Names of companies and names that are already in reading order stay as they are.
 */
export function presentOfficerName(name: string): string {
  const text = name.replace(/\s+/g, ' ').trim();
  const [surname, forenames, ...rest] = text.split(', ');
  if (surname === undefined || forenames === undefined || surname !== surname.toUpperCase()) return text;
  // A third part is a title or a peerage: "SMITH, John, Dr".
  const title = rest.length > 0 && TITLES.test(`${rest[0]} `) ? `${rest[0]} ` : '';
  return `${title}${forenames} ${toNameCase(surname)}`;
}

/** A key that is equal for the same person in both spellings of the register; titles and case do not count. */
export function officerNameKey(name: string): string {
  const bare = presentOfficerName(name).replace(TITLES, '');
  return bare
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function toNameCase(surname: string): string {
  return surname
    .toLowerCase()
    .split(' ')
    .map((word, index) => (index > 0 && PARTICLES.has(word) ? word : capitalise(word)))
    .join(' ');
}

function capitalise(word: string): string {
  return word
    .replace(/(^|[-'’])(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Mc(\p{L})/u, (_match, letter: string) => `Mc${letter.toUpperCase()}`);
}
