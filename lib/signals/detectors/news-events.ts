import { daysBetween, writtenDay } from '@/lib/companies/register/calendar';
import type { Register } from '@/lib/companies/register/register';
import { articleOrigin } from '@/lib/sources/news/news-source';
import type { NewsArticle } from '@/lib/sources/news/schema';
import { type Detector, type SignalDraft, toSignal } from '../detector';
import type { SignalKind } from '../kinds';
import type { DetectedSignal, SignalPlace, SignalType } from '../schema';

/**
 * What the sentence that names the company has to say, in this order: that somebody did something, to what, and which. One
 * word is never enough: firms "launch", "raise" and "open" every day.
 */
type EventRule = {
  name: string;
  label: string;
  type: SignalType;
  what: string;
  why: string;
  /** By one outlet, and by several that do not copy each other. */
  kinds: readonly [SignalKind, SignalKind];
  did: RegExp;
  /** All of them, after the verb. */
  object: readonly RegExp[];
};

const FUNDING: EventRule = {
  name: 'funding_in_the_news',
  label: 'funding in the news',
  type: 'funding',
  what: 'funding',
  why: 'New money is often spent within months. The amount and its terms are the outlet’s words, not the register’s.',
  kinds: ['funding_reported', 'funding_confirmed'],
  did: /\b(?:raises?|raised|secures?|secured|closes?|closed|lands?|landed|receives?|received)\b/i,
  object: [
    /[£$€]\s?\d|\b\d[\d.,]*\s?(?:k|m|mn|bn|thousand|million|billion)\b/i,
    /\b(?:funding|investments?|investors?|invested|round|series [a-e]|seed|equity|backing|venture|ventures|capital)\b/i,
  ],
};
const RULES: readonly EventRule[] = [
  FUNDING,
  {
    name: 'expansion_in_the_news',
    label: 'expansion in the news',
    type: 'expansion',
    what: 'an expansion',
    why: 'New premises bring new suppliers, people and equipment, usually before they open.',
    kinds: ['expansion_reported', 'expansion_confirmed'],
    did: /\b(?:opens?|opened|opening|to open|takes?|taken|took|builds?|built|moves?|moved|expands?|expanded|acquires?|acquired|buys|bought)\b/i,
    object: [
      /\b(?:new|second|third|fourth|fifth|another|additional|further|larger|bigger|its first)\b/i,
      /\b(?:offices?|factory|factories|sites?|plants?|warehouses?|stores?|shops?|kitchens?|depots?|branch|branches|premises|headquarters|laborator(?:y|ies)|studios?|showrooms?|workshops?)\b/i,
    ],
  },
  {
    name: 'executive_change_in_the_news',
    label: 'changes at the top in the news',
    type: 'executive_change',
    what: 'a change at the top',
    why: 'A new person in charge reviews suppliers and plans in the first months.',
    kinds: ['executive_reported', 'executive_confirmed'],
    did: /\b(?:appoints?|appointed|names|named|hires|hired|promotes?|promoted|recruits?|recruited)\b/i,
    object: [
      /\b(?:chief \w+(?: \w+)? officer|chief executive|c[efto]o|managing director|finance director|chair(?:man|woman|person)?|head of|(?:sales|operations|marketing|technical|commercial) director)\b/i,
    ],
  },
];
/** Sentences that report no event, whatever their words. */
const NO_EVENT =
  /\b(?:not|never|no longer|denie[sd]|could|might|may|would|hopes?|wants?|considers?|considering|rumou?rs?|alleged(?:ly)?|charit(?:y|ies|able)|fundrais\w*|hospice|appeal|sponsors?|award for|years? ago|once)\b/i;
/** Two reports of one kind so close to each other are of one event. */
const SAME_EVENT_DAYS = 14;

/** Events in the news: read from the very sentence that names the company, and believed as far as outlets agree. */
export const newsEvents: readonly Detector[] = RULES.map((rule) => ({
  name: rule.name,
  label: rule.label,
  type: rule.type,
  needs: ['news.articles'],
  uses: [],
  detect: (register) => detect(register, rule),
}));

/**
 * Fundings in the news, each by the article that reported it first.
 * @returns with the place of that article, to be cited; oldest first.
 */
export function fundingsInTheNews(register: Register): { article: NewsArticle; on: string; place: SignalPlace }[] {
  const origin = register.originOf('news.articles');
  if (origin === null) return [];
  return reportedEvents(register, FUNDING).flatMap(([first]) =>
    first === undefined
      ? []
      : [
          {
            article: first.article,
            on: dayOf(first),
            place: { origin: articleOrigin(origin, first.article), ...placeOf(first) },
          },
        ],
  );
}

type Report = { article: NewsArticle; index: number };

function detect(register: Register, rule: EventRule): DetectedSignal[] {
  return reportedEvents(register, rule).flatMap((event) => toSignals(register, rule, event));
}

function reportedEvents(register: Register, rule: EventRule): Report[][] {
  const reports = (register.dataOf('news.articles')?.articles ?? [])
    .map((article, index): Report => ({ article, index }))
    .filter(({ article }) => says(article.quote, rule))
    .sort((a, b) => a.article.date.localeCompare(b.article.date));
  return eventsOf(reports);
}

/** The verb follows the name, which is at its head or behind its first words; the rest follows the verb. */
function says(quote: string, { did, object }: EventRule): boolean {
  if (NO_EVENT.test(quote)) return false;
  const verb = did.exec(quote);
  if (verb === null) return false;
  const after = quote.slice(verb.index + verb[0].length);
  return object.every((pattern) => pattern.test(after));
}

function eventsOf(reports: readonly Report[]): Report[][] {
  const events: Report[][] = [];
  for (const report of reports) {
    const last = events.at(-1);
    const first = last?.[0];
    if (first && daysBetween(dayOf(first), dayOf(report)) <= SAME_EVENT_DAYS) last?.push(report);
    else events.push([report]);
  }
  return events;
}

/** The first report of an event stands for it. */
function toSignals(register: Register, rule: EventRule, event: readonly Report[]): DetectedSignal[] {
  const [first] = event;
  if (first === undefined) return [];
  const { article } = first;
  const outlets = new Set(event.map((report) => report.article.outlet)).size;
  const draft: SignalDraft = {
    kind: rule.kinds[outlets > 1 ? 1 : 0],
    title: `${article.outlet} reported ${rule.what} on ${writtenDay(dayOf(first))}: “${article.quote}”`,
    why: rule.why,
    happenedOn: dayOf(first),
    eventId: `news:${article.url}`,
    source: 'news.articles',
    ...placeOf(first),
    dayIsStated: article.date_is === 'published',
    // A name without its legal form, number or place may be another company's.
    doubtful: article.match === 'name',
  };
  return toSignal(register, draft).map((signal) => ({ ...signal, origin: articleOrigin(signal.origin, article) }));
}

function placeOf(report: Report): Pick<SignalPlace, 'locator' | 'snippet'> {
  const { article, index } = report;
  return {
    locator: `$.articles[${index}].quote`,
    snippet: `${article.outlet}, ${dayOf(report)}: ${article.quote}`,
  };
}

function dayOf({ article }: Report): string {
  return article.date.slice(0, 10);
}
