const HIDDEN = '[redacted]';

/** Fields that people wrote, and names under which secrets and people are kept. */
const HIDDEN_FIELDS =
  /^(user_context|focus_areas|criteria)$|e-?mail|phone|password|passwd|secret|token|api_?key|authorization|cookie|credential|private_?key/i;

/** Secrets by their form, wherever they stand in a text. */
const SECRET_FORMS: readonly [RegExp, string][] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, `$1${HIDDEN}@`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, HIDDEN],
  [/\b(sb_secret_|sb_publishable_|sk-|xox[a-z]-|ghp_)[A-Za-z0-9_-]{6,}/g, `$1${HIDDEN}`],
  [/\b(api[_-]?key|token|secret|password|key)(["']?\s*[=:]\s*["']?)[^\s"'&,;]{4,}/gi, `$1$2${HIDDEN}`],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, HIDDEN],
];

/** A copy of data for the dashboard: what people wrote and what is secret is hidden, by name and by form. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, HIDDEN_FIELDS.test(name) ? HIDDEN : redact(member)]),
  );
}

export function redactText(text: string): string {
  return SECRET_FORMS.reduce((rest, [form, replacement]) => rest.replace(form, replacement), text);
}
