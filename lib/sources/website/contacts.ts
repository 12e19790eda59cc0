import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import type { Contact, Organisation } from './schema';
import { oneLine, visibleText } from './visible-text';

/** What of a page can hold contact data. */
export type ContactPage = {
  document: Document;
  organisations: readonly Organisation[];
  /** Legal pages name other people's helplines and authorities. */
  isLegal: boolean;
};

/** Mailboxes of a function: whoever holds it. Any other name before the @ may be a person's. */
const ROLE_MAILBOX =
  /^(info(rmation)?|contact(-?us)?|hello|hi|enquir(y|ies)|inquir(y|ies)|sales|office|admin|mail|post|team|support|help(desk)?|service[s]?|customer[._-]?(service[s]?|care|support)|reception|bookings?|reservations?|orders?|shop|accounts?|finance|billing|marketing|press|media|pr|news|partners(hips)?|careers|jobs|recruitment|hr|operations|ops|general|web(master)?|privacy|dpo|legal|security|events|trade|export|studio|clinic|surgery|workshop|head-?office)$/i;
const UK_POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b/i;
const LONGEST_ADDRESS = 200;
const MOST = 10;

/**
 * Mailboxes that the company publishes: of a function, on its own domain or under its own name. People's mailboxes are
 * left out, and nothing is guessed.
 */
export function findEmails(pages: readonly ContactPage[], host: string): Contact[] {
  return gather(
    pages,
    ({ document, organisations }, page) => [
      ...organisations.flatMap(({ email }) =>
        email === null ? [] : [{ printed: email, page, found_in: 'json_ld' as const }],
      ),
      ...hrefs(document, 'mailto:').map((printed) => ({ printed, page, found_in: 'link' as const })),
    ],
    (printed) => ownMailbox(printed, host),
  );
}

function ownMailbox(printed: string, host: string): string | null {
  const address = decoded(printed).split('?')[0]?.trim().toLowerCase() ?? '';
  const [, name, domain] = /^([a-z0-9._%+-]{1,64})@([a-z0-9.-]+\.[a-z]{2,})$/.exec(address) ?? [];
  if (name === undefined || domain === undefined) return null;
  const ownName = getDomainWithoutSuffix(host) ?? host;
  const sameName = plainLetters(name) === plainLetters(ownName);
  const sameDomain = getDomain(domain) === getDomain(host);
  return sameName || (sameDomain && ROLE_MAILBOX.test(name)) ? address : null;
}

/** Telephone numbers that the company publishes in links and in JSON-LD, and that can exist. */
export function findPhones(pages: readonly ContactPage[]): Contact[] {
  return gather(
    pages,
    ({ document, organisations, isLegal }, page) => [
      ...organisations.flatMap(({ telephone }) =>
        telephone === null ? [] : [{ printed: telephone, page, found_in: 'json_ld' as const }],
      ),
      ...(isLegal ? [] : hrefs(document, 'tel:').map((printed) => ({ printed, page, found_in: 'link' as const }))),
    ],
    (printed) => {
      const number = parsePhoneNumberFromString(decoded(printed), 'GB');
      return number?.isValid() ? number.formatInternational() : null;
    },
  );
}

/** Postal addresses in JSON-LD and in `address` elements, with a postcode. */
export function findAddresses(pages: readonly ContactPage[]): Contact[] {
  return gather(
    pages,
    ({ document, organisations, isLegal }, page) => [
      ...organisations.flatMap(({ address }) => {
        return address === null ? [] : [{ printed: address.text, page, found_in: 'json_ld' as const }];
      }),
      ...(isLegal ? [] : [...document.querySelectorAll('address')]).map((element) => ({
        printed: visibleText(element).replaceAll(/,?\n/g, ', '),
        page,
        found_in: 'text' as const,
      })),
    ],
    (printed) => {
      const end = UK_POSTCODE.exec(printed);
      if (end === null) return null;
      const address = oneLine(printed.slice(0, end.index + end[0].length), LONGEST_ADDRESS + 1);
      return address.length > end[0].length + 5 && address.length <= LONGEST_ADDRESS ? address : null;
    },
  );
}

type Found = Omit<Contact, 'value'>;

/** One entry per value, the first place of each; what is no such thing is left out. */
function gather(
  pages: readonly ContactPage[],
  find: (page: ContactPage, index: number) => Found[],
  toValue: (printed: string) => string | null,
): Contact[] {
  const contacts = new Map<string, Contact>();
  for (const found of pages.flatMap(find)) {
    const value = toValue(found.printed);
    if (value === null || contacts.has(value.toLowerCase())) continue;
    contacts.set(value.toLowerCase(), { value, ...found, printed: oneLine(found.printed, LONGEST_ADDRESS) });
  }
  return [...contacts.values()].slice(0, MOST);
}

function hrefs(document: Document, scheme: string): string[] {
  return [...document.querySelectorAll('a[href]')].flatMap((link) => {
    const href = link.getAttribute('href')?.trim() ?? '';
    return href.toLowerCase().startsWith(scheme) ? [href.slice(scheme.length)] : [];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function plainLetters(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
