import { jsonrepair } from 'jsonrepair';
import { toDocument } from './html-document';

const LONGEST_BLOCK = 300_000;
const DEEPEST_NODE = 8;
/** Members under which a page's own node may stand. */
const PASSED_THROUGH = [
  '@graph',
  'publisher',
  'about',
  'mainEntity',
  'isPartOf',
  'provider',
  'itemListElement',
  'item',
];

export type JsonLdNode = Readonly<Record<string, unknown>>;

/** The JSON-LD blocks of a page, parsed; a block that cannot be read even with patience is left out. */
export function readJsonLd(document: Document): unknown[] {
  return [...document.querySelectorAll('script[type]')]
    .filter((script) => /^application\/ld\+json\b/i.test(script.getAttribute('type')?.trim() ?? ''))
    .flatMap((script) => readBlock(script.textContent ?? ''));
}

/** Sites write comment marks, entities, line breaks and trailing commas into JSON. */
function readBlock(text: string): unknown[] {
  if (text.length > LONGEST_BLOCK) return [];
  const bare = text.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '');
  const json = bare.replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, '').trim();
  if (!/^[[{&]/.test(json)) return [];
  for (const attempt of [
    () => JSON.parse(json),
    () => JSON.parse(withoutEntities(json)),
    // A block that was cut off is not mended: its last text may be half of an address.
    () => JSON.parse(/[}\]][\s;,]*$/.test(json) ? jsonrepair(json) : json),
  ]) {
    try {
      const value: unknown = attempt();
      return typeof value === 'object' && value !== null ? [value] : [];
    } catch {
      // The next attempt is more patient.
    }
  }
  return [];
}

/** The nodes that a page says about itself: blocks, lists, graphs, and what those name as their subject or publisher. */
export function nodesOf(blocks: readonly unknown[]): JsonLdNode[] {
  const nodes: JsonLdNode[] = [];
  let level: unknown[] = [...blocks];
  for (let depth = 0; depth < DEEPEST_NODE && level.length > 0; depth += 1) {
    const found = level.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isNode);
    nodes.push(...found);
    level = found.flatMap((node) => PASSED_THROUGH.flatMap((member) => node[member] ?? []));
  }
  return nodes;
}

/** The types of a node without their namespace. */
export function typesOf(node: JsonLdNode): string[] {
  return textsOf(node['@type']).map((type) => type.replace(/^.*[/#:]/, ''));
}

/** The texts of a member that may be one text, a list of them, or absent. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => {
    const text = typeof item === 'string' ? withoutEntities(item).replace(/\s+/g, ' ').trim() : '';
    return typeof item === 'number' ? [String(item)] : text === '' ? [] : [text];
  });
}

export function isNode(value: unknown): value is JsonLdNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutEntities(text: string): string {
  if (!/&(?:[a-z]+|#\d+|#x[\da-f]+);/i.test(text)) return text;
  return toDocument(`<p>${text.replaceAll('<', '&lt;')}</p>`)?.body.textContent ?? text;
}
