/**
 * Writes the look-up tables of lib/companies/enumerations from Companies House's own enumeration files.
 * Usage: node --import tsx scripts/generate-enumerations.ts [--check] <api-enumerations folder> <SIC lists folder>
 * With --check nothing is written: exit code 1 when a table is not what the files give.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const OUTPUT = join(import.meta.dirname, '../lib/companies/enumerations');
const text = z.preprocess((value) => (value === null || value === undefined ? '' : String(value)), z.string());
const enumerationFile = z.record(z.string(), z.unknown());
const table = z.record(z.string(), text);

const { values: options, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const [enumerations, sicLists] = positionals;
if (enumerations === undefined || sicLists === undefined) {
  console.error('Usage: generate-enumerations.ts [--check] <api-enumerations folder> <SIC lists folder>');
  process.exit(2);
}

/** One block of one YAML file, sorted by key, without empty texts and needless blanks. */
function block(file: string, name: string): Record<string, string> {
  // The published files repeat some keys; as for their other readers, the last one counts.
  const content = parseYaml(readFileSync(join(String(enumerations), file), 'utf8'), { uniqueKeys: false });
  const blocks = enumerationFile.parse(content);
  return tidy(table.parse(blocks[name]));
}

function tidy(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([key, value]): [string, string] => [key, value.replace(/\s+/g, ' ').trim()])
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function csv<T>(file: string, row: z.ZodType<T>): T[] {
  return z.array(row).parse(parseCsv(readFileSync(join(String(sicLists), file), 'utf8'), { columns: true, bom: true }));
}

/** Sections A to U with the first and last division (two digits) of each. */
function sicSections() {
  const codes = csv('sic_codes-ads2020.csv', z.object({ sic_code: z.string(), section: z.string() }));
  return csv('sic_sections.csv', z.object({ sector_code: z.string(), description: z.string() })).map((section) => {
    const divisions = codes
      .filter((code) => code.section === section.sector_code)
      .map((code) => code.sic_code.padStart(5, '0').slice(0, 2))
      .sort();
    return { letter: section.sector_code, text: section.description, from: divisions.at(0), to: divisions.at(-1) };
  });
}

function write(file: string, content: unknown): void {
  const written = `${JSON.stringify(content, null, 1)}\n`;
  if (options.check !== true) {
    writeFileSync(join(OUTPUT, file), written);
    return;
  }
  const isCurrent = readFileSync(join(OUTPUT, file), 'utf8') === written;
  console.log(`${file}: ${isCurrent ? 'as the files give it' : 'differs from the files'}`);
  if (!isCurrent) process.exitCode = 1;
}

write('register.json', {
  accountType: block('constants.yml', 'account_type'),
  chargeStatus: block('mortgage_descriptions.yml', 'status'),
  companyStatus: block('constants.yml', 'company_status'),
  companyStatusDetail: block('constants.yml', 'company_status_detail'),
  companySubtype: block('constants.yml', 'company_subtype'),
  companyType: block('constants.yml', 'company_type'),
  exemptionType: block('exemption_descriptions.yml', 'exemption_type'),
  insolvencyCase: block('constants.yml', 'insolvency_case_type'),
  insolvencyDate: block('constants.yml', 'insolvency_case_date_type'),
  jurisdiction: block('constants.yml', 'jurisdiction'),
  natureOfControl: block('psc_descriptions.yml', 'short_description'),
  officerRole: block('constants.yml', 'officer_role'),
  pscStatement: block('psc_descriptions.yml', 'statement_description'),
  superSecurePsc: block('psc_descriptions.yml', 'super_secure_description'),
});
write('filing-descriptions.json', block('filing_history_descriptions.yml', 'description'));
write('sic.json', { codes: block('constants.yml', 'sic_descriptions'), sections: sicSections() });
