import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { toDay } from '@/lib/companies/register/calendar';
import { AppError } from '@/lib/errors';

/** What a fact is said of: whom, when, and of which part. */
export type FactContext = {
  id: string;
  /** Of the entity: the company number, where the filing software put it. */
  identifier: string;
  /** `YYYY-MM-DD`; null for an instant. */
  start: string | null;
  /** The instant, or the last day. */
  end: string | null;
  /** `dimension=member` with local names; empty for the whole company. A segment of another kind counts as `other`. */
  segments: string[];
};

/** A tagged fact as it stands in the document. */
export type TaggedFact = {
  /** With the document's own prefix, such as `core:NetAssetsLiabilities`. */
  tag: string;
  /** Without it. */
  name: string;
  context: string;
  unit: string | null;
  /** White space made single. */
  text: string;
  format: string | null;
  /** Power of ten. */
  scale: number;
  negated: boolean;
};

export type TaggedDocument = {
  kind: 'ixbrl' | 'xbrl';
  contexts: ReadonlyMap<string, FactContext>;
  /** Measure by unit id, without its prefix: `GBP`, `pure`; several joined by a slash. */
  units: ReadonlyMap<string, string>;
  facts: readonly TaggedFact[];
};

const INLINE = ['http://www.xbrl.org/2013/inlineXBRL', 'http://www.xbrl.org/2008/inlineXBRL'];
const INSTANCE = 'http://www.xbrl.org/2003/instance';
const INSTANCE_SCHEMA = 'http://www.w3.org/2001/XMLSchema-instance';
/** Elements whose edges separate words; others, such as `span`, may stand inside one. */
const BLOCKS = new Set('address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p table td th tr ul'.split(' '));
/** Filing software writes HTML's names for characters without declaring them. */
const CHARACTERS = { nbsp: ' ', pound: '£', euro: '€', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“' };
const MORE_CHARACTERS = { rdquo: '”', bull: '•', hellip: '…', copy: '©', reg: '®', trade: '™', middot: '·' };

type Collector = { parts: string[]; done(text: string): void };
type OpenElement = { collector: Collector | null; excludes: boolean };
type Draft = TaggedFact & { continuedAt: string | null };

/**
 * Reads the tagged facts of filed accounts: inline XBRL (2008 and 2013) in XHTML, or plain XBRL.
 * @throws AppError `provider_contract` when the document is damaged, or is no tagged document at all.
 */
export function parseTaggedDocument(text: string): TaggedDocument {
  const parser = new SaxesParser({ xmlns: true });
  Object.assign(parser.ENTITIES, CHARACTERS, MORE_CHARACTERS);
  const finder = createFinder();
  const open: OpenElement[] = [];
  let collecting: (Collector | 'excluded')[] = [];
  const write = (piece: string) => {
    // Text inside an `exclude` belongs to nothing that was opened before it.
    for (let at = collecting.length - 1; at >= 0; at -= 1) {
      const collector = collecting[at];
      if (collector === undefined || collector === 'excluded') return;
      collector.parts.push(piece);
    }
  };
  parser.on('error', (error) => {
    // An unknown character name loses one character; anything else makes the document unreliable.
    if (!error.message.includes('undefined entity')) throw damaged(error);
  });
  parser.on('opentag', (tag) => {
    if (BLOCKS.has(tag.local)) write(' ');
    const element = { collector: finder.opened(tag), excludes: INLINE.includes(tag.uri) && tag.local === 'exclude' };
    open.push(element);
    if (element.collector !== null) collecting.push(element.collector);
    if (element.excludes) collecting.push('excluded');
  });
  parser.on('closetag', (tag) => {
    const element = open.pop();
    if (element?.excludes || element?.collector) collecting = collecting.slice(0, -1);
    element?.collector?.done(element.collector.parts.join('').replace(/\s+/g, ' ').trim());
    if (BLOCKS.has(tag.local)) write(' ');
  });
  parser.on('text', write);
  parser.on('cdata', write);
  parser.write(text).close();
  return finder.found();
}

function damaged(cause: unknown): AppError {
  return new AppError('provider_contract', { detail: 'The accounts document is cut off or damaged', cause });
}

/** Knows which elements mean something, and gathers what they say. */
function createFinder() {
  const contexts = new Map<string, FactContext>();
  const units = new Map<string, string>();
  const continuations = new Map<string, { text: string; continuedAt: string | null }>();
  const drafts: Draft[] = [];
  const current: { context: FactContext | null; unit: string | null; dimension: string; isPlain: boolean } = {
    context: null,
    unit: null,
    dimension: '',
    isPlain: false,
  };

  function opened(tag: SaxesTagNS): Collector | null {
    if (tag.uri === INSTANCE) return openedInInstance(tag);
    if (current.context !== null) return openedSegment(tag, current.context);
    if (INLINE.includes(tag.uri)) return openedInline(tag);
    return current.isPlain && attribute(tag, 'contextRef') !== null ? factCollector(tag, tag.name) : null;
  }

  function openedInInstance(tag: SaxesTagNS): Collector | null {
    const { context } = current;
    switch (tag.local) {
      case 'xbrl':
        current.isPlain = true;
        return null;
      case 'context':
        current.context = { id: attribute(tag, 'id') ?? '', identifier: '', start: null, end: null, segments: [] };
        return collect(() => {
          if (current.context !== null) contexts.set(current.context.id, current.context);
          current.context = null;
        });
      case 'unit':
        current.unit = attribute(tag, 'id');
        return null;
      case 'measure':
        return collect((text) => {
          const known = units.get(current.unit ?? '');
          const measure = localName(text);
          units.set(current.unit ?? '', known === undefined ? measure : `${known}/${measure}`);
        });
      case 'identifier':
        return context === null ? null : collect((text) => Object.assign(context, { identifier: text }));
      case 'startDate':
        return context === null ? null : collect((text) => Object.assign(context, { start: toDay(text) }));
      case 'endDate':
      case 'instant':
        return context === null ? null : collect((text) => Object.assign(context, { end: toDay(text) }));
      default:
        return null;
    }
  }

  /** Inside a context everything that is not XBRL's own narrows it down to a part. */
  function openedSegment(tag: SaxesTagNS, context: FactContext): Collector | null {
    const dimension = localName(attribute(tag, 'dimension') ?? '');
    if (tag.local === 'explicitMember')
      return collect((text) => context.segments.push(`${dimension}=${localName(text)}`));
    if (tag.local === 'typedMember') return collect((text) => context.segments.push(`${dimension}=${text}`));
    if (context.segments.length === 0)
      return collect(() => context.segments.length === 0 && context.segments.push('other'));
    return null;
  }

  function openedInline(tag: SaxesTagNS): Collector | null {
    const name = attribute(tag, 'name');
    if ((tag.local === 'nonFraction' || tag.local === 'nonNumeric') && name !== null) return factCollector(tag, name);
    if (tag.local !== 'continuation') return null;
    const continuedAt = attribute(tag, 'continuedAt');
    return collect((text) => continuations.set(attribute(tag, 'id') ?? '', { text, continuedAt }));
  }

  function factCollector(tag: SaxesTagNS, name: string): Collector | null {
    const nil = Object.values(tag.attributes).find(({ uri, local }) => uri === INSTANCE_SCHEMA && local === 'nil');
    if (nil?.value === 'true' || nil?.value === '1') return null;
    const draft: Draft = {
      tag: name,
      name: localName(name),
      context: attribute(tag, 'contextRef') ?? '',
      unit: attribute(tag, 'unitRef'),
      text: '',
      format: attribute(tag, 'format'),
      scale: Number(attribute(tag, 'scale') ?? 0),
      negated: attribute(tag, 'sign') === '-',
      continuedAt: attribute(tag, 'continuedAt'),
    };
    drafts.push(draft);
    return collect((text) => Object.assign(draft, { text }));
  }

  return {
    opened,
    found(): TaggedDocument {
      if (contexts.size === 0 || drafts.length === 0) {
        throw new AppError('provider_contract', { detail: 'The accounts document holds no tagged facts' });
      }
      const facts = drafts.map(({ continuedAt, ...fact }) => ({
        ...fact,
        text: [fact.text, ...continued(continuations, continuedAt)].join(' ').trim(),
      }));
      return { kind: current.isPlain ? 'xbrl' : 'ixbrl', contexts, units, facts };
    },
  };
}

/** The further pieces of a text that is spread over a document, in order; a chain that bites its tail ends there. */
function continued(
  continuations: ReadonlyMap<string, { text: string; continuedAt: string | null }>,
  first: string | null,
): string[] {
  const seen = new Set<string>();
  const pieces: string[] = [];
  for (let id = first; id !== null && !seen.has(id); ) {
    seen.add(id);
    const piece = continuations.get(id);
    if (piece === undefined) break;
    pieces.push(piece.text);
    id = piece.continuedAt;
  }
  return pieces;
}

function collect(done: (text: string) => unknown): Collector {
  return { parts: [], done };
}

function attribute(tag: SaxesTagNS, local: string): string | null {
  const found: SaxesAttributeNS | undefined = Object.values(tag.attributes).find(
    (candidate) => candidate.local === local && candidate.uri === '',
  );
  return found?.value ?? null;
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).trim();
}
