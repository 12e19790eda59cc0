import type { Context } from 'hono';
import { z } from 'zod';
import type { Recordings } from '../recordings';

const profile = z.looseObject({
  company_name: z.string(),
  company_number: z.string(),
  company_status: z.string().nullish(),
  type: z.string().nullish(),
  date_of_creation: z.string().nullish(),
  date_of_cessation: z.string().nullish(),
  registered_office_address: z.record(z.string(), z.unknown()).nullish(),
  previous_company_names: z.array(z.looseObject({ name: z.string() })).nullish(),
});
type Profile = z.infer<typeof profile>;

const ADDRESS_PARTS = ['premises', 'address_line_1', 'address_line_2', 'locality', 'region', 'country', 'postal_code'];

/** `GET /search/companies`, answered from the recorded profiles: every word must occur in a name or be the number. */
export async function searchCompanies(c: Context, recordings: Recordings): Promise<Response> {
  const words = (c.req.query('q') ?? '').toUpperCase().split(/\s+/).filter(Boolean);
  const size = Math.min(Math.max(Number(c.req.query('items_per_page')) || 20, 1), 100);
  const start = Math.max(Number(c.req.query('start_index')) || 0, 0);
  const found = words.length === 0 ? [] : (await readProfiles(recordings)).filter((company) => matches(company, words));
  return Response.json({
    kind: 'search#companies',
    items: found.slice(start, start + size).map(toResult),
    items_per_page: size,
    page_number: Math.floor(start / size) + 1,
    start_index: start,
    total_results: found.length,
  });
}

async function readProfiles(recordings: Recordings): Promise<Profile[]> {
  const numbers = await recordings.list('companies-house', '/company');
  const read = await Promise.all(numbers.map((number) => recordings.find('companies-house', `/company/${number}`)));
  return read.flatMap((recording) => {
    const parsed = profile.safeParse(recording?.body);
    return parsed.success ? [parsed.data] : [];
  });
}

function matches(company: Profile, words: string[]): boolean {
  const names = [company.company_name, ...(company.previous_company_names ?? []).map(({ name }) => name)];
  return words.every(
    (word) => company.company_number === word || names.some((name) => name.toUpperCase().includes(word)),
  );
}

function toResult(company: Profile) {
  const address = company.registered_office_address ?? {};
  const incorporated = company.date_of_creation ? ` - Incorporated on ${company.date_of_creation}` : '';
  return {
    kind: 'searchresults#company',
    title: company.company_name,
    company_number: company.company_number,
    company_status: company.company_status,
    company_type: company.type,
    date_of_creation: company.date_of_creation,
    ...(company.date_of_cessation ? { date_of_cessation: company.date_of_cessation } : {}),
    address,
    address_snippet: ADDRESS_PARTS.map((part) => address[part])
      .filter(Boolean)
      .join(', '),
    description: `${company.company_number}${incorporated}`,
    description_identifier: ['incorporated-on'],
    links: { self: `/company/${company.company_number}` },
    matches: { title: [], snippet: [] },
    snippet: '',
  };
}
