import { parseCompanyNumber } from '@/lib/companies/company-number';

/** "Company Number: 09184913", "(Company Number 11416317 )", "Registered No. SC123456", also with markup in between. */
const STATED =
  /\b(?:compan(?:y|ies)|registered|registration)\s*(?:house\s*)?(?:no|number)s?\b[\s.:()]*([A-Z]{0,2}\d{5,8}[A-Z]?)\b/gi;

/** @returns the company numbers that a notice states, in the register's form, each once. */
export function numbersIn(html: string): string[] {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&nbsp;|\s+/g, ' ');
  const numbers = [...text.matchAll(STATED)].flatMap(([, number]) => parseCompanyNumber(number ?? '') ?? []);
  return [...new Set(numbers)];
}
