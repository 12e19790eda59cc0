import type { Gap, Statement } from '../schema';

/** What a sentence calls a figure or a fact, and the fields that may stand behind it. */
const TERMS: readonly { words: RegExp; fields: RegExp }[] = [
  { words: /\b(turnover|revenues?|sales of)\b/i, fields: /turnover/ },
  { words: /\bgross (profit|loss)\b/i, fields: /gross_profit/ },
  { words: /\boperating (profit|loss)\b/i, fields: /operating_profit/ },
  { words: /\bnet (assets|liabilities)\b/i, fields: /net_assets|equity/ },
  {
    words: /\b(employees|headcount|employed|staff of)\b/i,
    fields: /employee|hiring|size_band|staff|signal|score|pay_gap|bant/,
  },
];
const ROSE = /\b(grew|grown|rose|risen|increased?|up)\b(?= (?:by )?[\d£])/i;
const FELL = /\b(fell|fallen|shrank|declined|decreased?|dropped|down)\b(?= (?:by )?[\d£])/i;
/** Counts and flags of trouble: saying "no" of them, or not saying it, turns the fact round. */
const TROUBLES: readonly { field: string; none: RegExp }[] = [
  { field: 'charges_outstanding', none: /\b(no|without|free of|never)\b[^,;.]*\bcharges?\b/i },
  { field: 'charges_total', none: /\b(no|without|free of|never)\b[^,;.]*\bcharges?\b/i },
  { field: 'insolvency_cases', none: /\b(no|without|never)\b[^,;.]*\binsolvenc/i },
  { field: 'strike_off_notices', none: /\b(no|without|never)\b[^,;.]*\bstrike-off/i },
];
const NEGATION = /\b(no|none|not|never|without|nor|nil|neither|zero|0)\b/i;

type Text = { text: string };

/**
 * E1 beyond digits: a sentence may not give a figure another name, turn its direction round, or deny what is there.
 * @returns what is wrong, in words; empty for a sentence that says what it cites.
 */
export function turnedClaims({ text }: Text, statements: readonly Statement[], gaps: readonly Gap[]): string[] {
  return [...misnamed(text, statements, gaps), ...wrongDirection(text, statements), ...denied(text, statements)];
}

function misnamed(text: string, statements: readonly Statement[], gaps: readonly Gap[]): string[] {
  const amounts = statements.filter(({ field, value }) => typeof value === 'number' && isFigure(field));
  if (amounts.length === 0) return [];
  const cited = [...statements.map(({ field }) => field), ...gaps.map(({ field }) => field)];
  return TERMS.filter(({ words, fields }) => words.test(text) && !cited.some((field) => fields.test(field))).map(
    ({ words }) => `“${words.exec(text)?.[0] ?? ''}” is not what it cites`,
  );
}

function isFigure(field: string): boolean {
  return /turnover|profit|assets|equity|cash|creditors|debtors|employees|staff_costs/.test(field);
}

function wrongDirection(text: string, statements: readonly Statement[]): string[] {
  const changes = statements.filter(({ field }) => field.endsWith('_growth')).map(({ value }) => Number(value));
  if (changes.length === 0) return [];
  if (ROSE.test(text) && changes.every((change) => change < 0)) return ['what it cites went down'];
  if (FELL.test(text) && changes.every((change) => change > 0)) return ['what it cites went up'];
  return [];
}

/** A count of nothing has to be said as nothing, and a count of something must not be denied. */
function denied(text: string, statements: readonly Statement[]): string[] {
  return TROUBLES.flatMap(({ field, none }) => {
    const statement = statements.find((candidate) => candidate.field === field);
    if (statement === undefined || typeof statement.value !== 'number' || statement.conflicts.length > 0) return [];
    if (statement.value > 0 && none.test(text)) return [`${field} is ${statement.value}, not none`];
    if (statement.value === 0 && !NEGATION.test(text)) return [`${field} is none`];
    return [];
  });
}
