import type { Context } from 'hono';
import { z } from 'zod';
import { type Provider, type ProviderTools, refuse } from '../provider';
import { basicAuthKey, companiesHouse } from './companies-house';

/** Where the contents are; in earnest an object storage of another owner. */
const STORAGE = '/storage';
const XHTML = 'application/xhtml+xml';
const metadata = z.looseObject({ resources: z.record(z.string(), z.unknown()) });
const EXTENSIONS: Record<string, string> = { [XHTML]: '.xhtml', 'application/xml': '.xml', 'application/pdf': '.pdf' };
const EMPTY_PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

/**
 * Companies House's Document API: metadata, and contents by a redirect to a storage that takes no foreign credentials.
 * Recordings are `companies-house/document/<id>.json` and beside it `<id>.xhtml`.
 */
export const companiesHouseDocuments: Provider = {
  name: 'companies-house-documents',
  account: 'companies-house',
  admit(c) {
    if (c.req.path.includes(`companies-house-documents${STORAGE}/`)) return 'storage';
    return basicAuthKey(c.req.header('authorization')) ?? refuse(companiesHouse, 401);
  },
  async answer(c, path, tools) {
    const [, area, id, content] = /^\/(document|storage)\/([^/]+)(\/content)?$/.exec(path) ?? [];
    if (id === undefined) return refuse(companiesHouseDocuments, 404);
    if (area === 'storage') return answerStored(c, id, tools);
    const recording = await tools.recordings.find('companies-house', `/document/${id}`);
    if (recording === null) return refuse(companiesHouseDocuments, 404);
    if (content === undefined || recording.status !== 200) {
      return Response.json(recording.body, { status: recording.status });
    }
    return redirectToStorage(c, id, recording.body);
  },
  failure: companiesHouse.failure,
  limited: companiesHouse.limited,
  ...(companiesHouse.windowHeaders && { windowHeaders: companiesHouse.windowHeaders }),
};

function redirectToStorage(c: Context, id: string, body: unknown): Response {
  const types = Object.keys(metadata.safeParse(body).data?.resources ?? {});
  const wanted = (c.req.header('accept') ?? '*/*').split(',').map((type) => type.split(';')[0]?.trim());
  const type = types.find((known) => wanted.includes(known)) ?? (wanted.includes('*/*') ? types[0] : undefined);
  if (type === undefined) return new Response(null, { status: 406 });
  const { origin } = new URL(c.req.url);
  const query = new URLSearchParams({ type, 'X-Amz-Expires': '60', 'X-Amz-Signature': 'invented' });
  const location = `${origin}/companies-house-documents${STORAGE}/${id}?${query}`;
  return new Response(null, { status: 302, headers: { Location: location } });
}

/** As the real storage does, it refuses requests that carry credentials beside the signed address. */
async function answerStored(c: Context, id: string, { recordings }: ProviderTools): Promise<Response> {
  if (c.req.header('authorization') !== undefined) {
    const words =
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
    const error = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidArgument</Code><Message>${words}</Message></Error>`;
    return new Response(error, { status: 400, headers: { 'Content-Type': 'application/xml' } });
  }
  const type = c.req.query('type') ?? XHTML;
  const file = await recordings.file('companies-house', [`/document/${id}${EXTENSIONS[type] ?? '.xhtml'}`]);
  if (file !== null) return new Response(Buffer.from(file.bytes), { headers: { 'Content-Type': type } });
  if (type === 'application/pdf') return new Response(EMPTY_PDF, { headers: { 'Content-Type': type } });
  const missing = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>';
  return new Response(missing, { status: 404, headers: { 'Content-Type': 'application/xml' } });
}
