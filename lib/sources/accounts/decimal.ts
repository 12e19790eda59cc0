/** An exact decimal number: `digits` times ten to the power of `exponent`. */
export type Decimal = { digits: bigint; exponent: number };

/** Formats of the transformation registries (2008 to 2022) by what they mean; names without prefix, dashes and case. */
const ZERO = ['zerodash', 'numdash', 'fixedzero'];
const EMPTY = ['nocontent', 'fixedempty'];
const DECIMAL_COMMA = ['numcommadecimal', 'numdotcomma', 'numspacecomma', 'numcomma', 'numcommadecimalapos'];

/**
 * The number that a tagged text stands for (Inline XBRL 1.1, 10.2; rules of the design note providers 2.5).
 * @param format of the transformation registry, such as `ixt2:numdotdecimal`; null where the text is already plain.
 * @param scale power of ten.
 * @returns null when the text is no number: nothing is guessed.
 */
export function readDecimal(text: string, format: string | null, scale: number, negated: boolean): Decimal | null {
  const kind = (format ?? '').replace(/^.*:/, '').replaceAll('-', '').toLowerCase();
  if (ZERO.includes(kind)) return { digits: 0n, exponent: 0 };
  if (EMPTY.includes(kind) || !Number.isInteger(scale) || Math.abs(scale) > 15) return null;
  const bracketed = /^\((.*)\)$/.exec(text.trim());
  const bare = (bracketed?.[1] ?? text).replace(/[\s£$€’']/g, '');
  const plain = DECIMAL_COMMA.includes(kind) ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(plain);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole + fraction === '' || whole.length + fraction.length > 20) return null;
  const digits = BigInt(whole + fraction);
  // A minus that is printed, brackets and `sign` say the same thing, sometimes twice.
  const isNegative = negated || bracketed !== null || match[1] === '-';
  return { digits: isNegative ? -digits : digits, exponent: scale - fraction.length };
}

/**
 * @param places decimal places to move: 2 for pence of pounds.
 * @returns a whole number, half a unit rounded away from zero; null beyond what a number holds exactly.
 */
export function wholeNumber({ digits, exponent }: Decimal, places: number): number | null {
  const shift = exponent + places;
  const magnitude = digits < 0n ? -digits : digits;
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const whole = shift >= 0 ? magnitude * 10n ** BigInt(shift) : (magnitude + divisor / 2n) / divisor;
  if (whole > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return whole === 0n ? 0 : Number(digits < 0n ? -whole : whole);
}

/** @returns the nearest number, for counts that may have decimal places. */
export function toNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}
