import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gleifSource } from '@/lib/sources/gleif/entity-source';
import { type ProviderServer, startProviderServer } from '@/tests/support/provider-server';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { sourceContext } from '@/tests/support/source-context';

let server: ProviderServer;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());

const real = (folder: string, file: string): string =>
  readFileSync(sharedData('gleif', folder, `${file}.json`), 'utf8');
const read = (companyNumber: string) => gleifSource.read(sourceContext(server.url), { companyNumber });

/** Answers by the path below the stand-in; 404 for the others. */
function answerWith(bodies: Record<string, string>): RequestListener {
  return (request, response) => {
    const path = new URL(request.url ?? '', server.url).pathname.replace('/gleif', '');
    const body = bodies[path];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/vnd.api+json' });
    response.end(body ?? JSON.stringify({ errors: [{ status: '404' }] }));
  };
}

/** The list that a filter gives, around real records. */
function listOf(...records: string[]): string {
  return JSON.stringify({ data: records.map((record) => JSON.parse(record).data) });
}

describe.skipIf(!hasSharedData)('GLEIF, on its recorded answers of May 2025', () => {
  it('finds Amazon Digital UK by its number, with its ultimate parent and the exception for the direct one', async () => {
    // Real files: single_lei_record_, ultimate-parent_ and direct-parent-reporting-exception_254900LNRYNOQ9YPU758.json.
    const lei = '254900LNRYNOQ9YPU758';
    server.answerWith(
      answerWith({
        '/lei-records': listOf(real('lei_records', `single_lei_record_${lei}`)),
        [`/lei-records/${lei}/ultimate-parent`]: real('lei_records', `ultimate-parent_${lei}`),
        [`/lei-records/${lei}/direct-parent-reporting-exception`]: real(
          'reporting_exceptions',
          `direct-parent-reporting-exception_${lei}`,
        ),
      }),
    );
    const outcome = await read('06528297');
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        record: { attributes: { lei } },
        direct_parent: { record: null, exception: { attributes: { reason: 'NON_PUBLIC' } } },
        ultimate_parent: { record: { attributes: { entity: { legalName: { name: 'AMAZON.COM, INC.' } } } } },
      },
      origin: { reliability: 0.98, stale: false },
    });
    expect(decodeURIComponent(server.requests[0]?.path ?? '')).toContain('filter[entity.registeredAs]=06528297');
    expect(server.requests).toHaveLength(3);
  });

  it('does not take a foreign company for a British one that has the same number in another register', async () => {
    // Real file: single_lei_record_549300YX4S1LLSMK2627.json, registered as 6021863 in Delaware.
    server.answerWith(
      answerWith({ '/lei-records': listOf(real('lei_records', 'single_lei_record_549300YX4S1LLSMK2627')) }),
    );
    expect(await read('06021863')).toMatchObject({ outcome: 'empty' });
  });

  it('says that there is none for a company without an identifier', async () => {
    server.answerWith(answerWith({ '/lei-records': JSON.stringify({ data: [] }) }));
    const outcome = await read('12345678');
    expect(outcome).toMatchObject({
      outcome: 'empty',
      reason: 'GLEIF has no legal entity identifier under this company number.',
    });
  });

  it('fails clearly on an answer in another form, and takes nothing from it', async () => {
    server.answerWith(answerWith({ '/lei-records': JSON.stringify({ unexpected: true }) }));
    expect(await read('06528297')).toMatchObject({ outcome: 'unavailable', code: 'provider_contract' });
  });
});
