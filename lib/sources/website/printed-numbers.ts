import { parseCompanyNumber } from '@/lib/companies/company-number';

/** A company number as a page prints it. */
export type PrintedNumber = {
  /** The eight characters of the register. */
  number: string;
  /** The words it stands in, from its label to its last digit. */
  quote: string;
  /** Where the quote begins in the text. */
  start: number;
};

const PREFIXES =
  'AC|BR|CE|CS|ES|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|R0|RC|RS|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC';
const NUMBER = `(?<![\\p{L}\\d])((?:${PREFIXES})\\s?\\d{6}|(?:${PREFIXES})\\d{5}[A-Z]|\\d{6,8}|\\d{4}\\s\\d{4})(?![\\p{L}\\d]|[.,]\\d)`;
const COUNTRY =
  '(?:england|wales|scotland|northern\\s+ireland|great\\s+britain|u\\.?k\\.?|united\\s+kingdom|gb|companies\\s+house)';
/**
 * The ways in which companies print their number: the law asks for name, number and place of registration on the site
 * (Company, Limited Liability Partnership and Business (Names and Trading Disclosures) Regulations 2015).
 */
const LABELS = [
  // "Company Number: 11723865", "Registered in England no. 1234567", "Company Reg. No SC123456"
  '(?:compan(?:y|ies)|co\\.|registered|registration|incorporated|reg\\.)[^\\d]{0,60}?\\b(?:no|nos|number|num|reg|registration|№)\\b[^\\p{L}\\d]{0,10}',
  // "Registered in England and Wales 01234567"
  `registered\\s+(?:in|with)\\s+${COUNTRY}[^\\d]{0,40}?`,
  '\\bCRN\\b[^\\p{L}\\d]{0,10}',
];
/** What else is registered under numbers. */
const OTHER_REGISTER =
  /charit|\bvat\b|\bfirm\b|\bico\b|information commissioner|data protection|\bfca\b|financial conduct|\bfrn\b|\bsra\b|solicitors regulation|gas ?safe|\bcqc\b|ofsted|\bsia\b|patent|trade ?mark|\btel\b|phone|fax|mobile|certificate|licen[cs]e|policy|waste carrier|permit/i;

/**
 * Every company number that a text prints under a label that says so. Numbers of charities, of VAT and of other
 * registers are no company numbers, however alike they look.
 * @param text as a person reads it, one line a block.
 */
export function printedNumbers(text: string): PrintedNumber[] {
  const found = new Map<number, PrintedNumber>();
  for (const label of LABELS) {
    for (const match of text.matchAll(new RegExp(`${label}${NUMBER}`, 'giu'))) {
      const [quote, digits] = match;
      const number = digits === undefined ? null : parseCompanyNumber(digits);
      const end = match.index + quote.length;
      if (number === null || found.has(end) || OTHER_REGISTER.test(clause(text, match.index, quote))) continue;
      found.set(end, { number, quote: quotable(quote, digits ?? number), start: match.index });
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The words that label a number, with those just before them: "Gas Safe registered no.". */
function clause(text: string, start: number, quote: string): string {
  // "Registered charity in England. Company number": only the words after the last sentence count.
  const label = quote.split(/[;|•\n]|\.\s+(?=[A-Z])/).at(-1) ?? quote;
  if (label !== quote) return label;
  const before = text.slice(Math.max(0, start - 40), start).split(/[;,|•\n\d]|[.)]\s/);
  return `${before.at(-1) ?? ''}${quote}`;
}

/** A quotation holds no address; the bare number says as much. */
function quotable(quote: string, digits: string): string {
  return /www\.|https?:|[<>]/i.test(quote) ? digits : quote.replace(/\s+/g, ' ').trim();
}
