import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEMO_RECORDINGS } from '@/sandbox/recordings';

const files = readdirSync(DEMO_RECORDINGS, { recursive: true, encoding: 'utf8' })
  .filter((file) => statSync(join(DEMO_RECORDINGS, file)).isFile() && !file.startsWith('companies-house/company/'))
  .sort();
const textOf = (file: string) => readFileSync(join(DEMO_RECORDINGS, file), 'utf8');
const jsonOf = (file: string): unknown => JSON.parse(textOf(file));
/** Hosts of services whose addresses belong to their contracts; everything else must be a name that nobody can have. */
const SERVICES =
  /(^|\.)(gleif\.org|thegazette\.co\.uk|greenhouse\.io|lever\.co|ashbyhq\.com|workable\.com|recruitee\.com|smartrecruiters\.com|teamtailor\.com|googletagmanager\.com|hs-scripts\.com|shopify\.com|drupal\.org|linkedin\.com|instagram\.com|github\.com|google\.com|schema\.org|sitemaps\.org|jsonfeed\.org|w3\.org|xbrl\.org|frc\.org\.uk|companieshouse\.gov\.uk|company-information\.service\.gov\.uk)$/;

describe('the demo recordings beside the register', () => {
  it('are there for every kind of source', () => {
    const providers = new Set(files.map((file) => file.split('/')[0]));
    for (const provider of ['web', 'gleif', 'contracts-finder', 'find-a-tender', 'gazette', 'gdelt', 'newsapi'])
      expect(providers).toContain(provider);
  });

  it.each(files)('%s belongs to nobody', (file) => {
    const text = textOf(file);
    for (const [, host = ''] of text.matchAll(/(?:https?:)?\/\/([a-z0-9.-]+\.[a-z]{2,})/gi))
      expect(SERVICES.test(host) || host.endsWith('.example'), host).toBe(true);
    for (const [, address = ''] of text.matchAll(/[\w.]+@([\w.-]+\.\w+)/g)) expect(address).toMatch(/\.example$/);
    // Numbers that Ofcom keeps for drama.
    for (const [, number = ''] of text.matchAll(/(?<![\w-])((?:\+44|0(?=1\d{3} ))[ \d]{9,})/g))
      expect(number.replaceAll(' ', '').replace(/^\+44/, '0')).toMatch(/^01632960\d{3}$/);
    for (const [, postcode = ''] of text.matchAll(/\b([A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2})\b/g))
      expect(postcode).toMatch(/^ZZ/);
  });

  it('have identifiers of legal entities with the right check digits', () => {
    const leis = files.flatMap((file) => /^gleif\/lei-records\/(\w{20})\.json$/.exec(file)?.[1] ?? []);
    expect(leis).toHaveLength(4);
    for (const lei of leis) {
      const digits = [...lei].map((sign) => Number.parseInt(sign, 36)).join('');
      expect(BigInt(digits) % 97n).toBe(1n);
    }
  });

  it('have accounts whose balance sheets add up', () => {
    const documents = files.filter((file) => file.endsWith('.xhtml'));
    expect(documents.length).toBeGreaterThanOrEqual(18);
    for (const file of documents) {
      const value = (name: string, context: string) => {
        const tag = new RegExp(`name="core:${name}" contextRef="${context}"[^>]*?( sign="-")?>([\\d,-]+)<`).exec(
          textOf(file),
        );
        return tag === null ? null : Number(tag[2]?.replaceAll(',', '').replace('-', '0')) * (tag[1] ? -1 : 1);
      };
      for (const year of ['cur', 'prev']) {
        const equity = value('Equity', `${year}_end`);
        const net = value('NetAssetsLiabilities', `${year}_end`);
        if (equity !== null) expect(net).toBe(equity);
        const [fixed, current] = [value('FixedAssets', `${year}_end`), value('CurrentAssets', `${year}_end`)];
        const [within, after] = [value('Creditors', `${year}_within`), value('Creditors', `${year}_after`)];
        if (fixed !== null && current !== null) expect(fixed + current - (within ?? 0) - (after ?? 0)).toBe(net);
      }
    }
  });

  it('name only companies of the demo', () => {
    const numbers = new Set(files.flatMap((file) => textOf(file).match(/\bDM\d{6}\b/g) ?? []));
    // DM999999 is the namesake whose notice is about somebody else; DM6... are notices.
    const known = [...numbers].filter((number) => !/^DM(0000(0[1-9]|1[0-2])|999999|6\d{5})$/.test(number));
    expect(known).toEqual([]);
  });

  it('are sound JSON where they say so', () => {
    for (const file of files.filter((name) => name.endsWith('.json'))) expect(jsonOf(file)).toBeDefined();
  });
});
