/** Requests that can go out together; each step needs what the one before it brought. */
type Step = readonly string[];
export type Chain = { name: string; steps: readonly Step[] };

const SITE = 'web/www.demo-marmalade-works.example';
const DOCUMENTS = 'companies-house-documents/document';

/**
 * The calls about one demo company that depend on each other, as a person would write them down: an address is in an
 * earlier answer, or (robots.txt) says whether it may be asked. Calls that need nothing are chains of one step.
 */
export const COMPANY = 'DM000001';
export const CHAINS: readonly Chain[] = [
  {
    name: 'web site and job board',
    steps: [
      ['web/demomarmaladeworks.co.uk/robots.txt'],
      ['web/demomarmaladeworks.co.uk/'],
      [`${SITE}/robots.txt`],
      [`${SITE}/`],
      ['contact', 'about', 'privacy', 'careers', 'products', 'news'].map((page) => `${SITE}/${page}`),
      ['news/japan', 'news/second-kitchen'].map((page) => `${SITE}/${page}`),
      // Which board is the company's own is chosen among all links of the site.
      ['greenhouse/v1/boards/demomarmaladeworks/jobs'],
    ],
  },
  {
    name: 'filed accounts',
    steps: [
      [`companies-house/company/${COMPANY}/filing-history`],
      ['lkgchVB2TT_LffpR2SGi8vIk0Ko', 'MwmaJQ2pcvAw92T5_wVqsGEx4gI'].map((id) => `${DOCUMENTS}/${id}`),
      // Both lead on to storage, which is one more request each.
      ['lkgchVB2TT_LffpR2SGi8vIk0Ko', 'MwmaJQ2pcvAw92T5_wVqsGEx4gI'].map((id) => `${DOCUMENTS}/${id}/content`),
    ],
  },
  {
    name: 'news',
    steps: [
      ['gdelt/api/v2/doc/doc'],
      ['web/www.exampleshire-courier.example/robots.txt'],
      ['web/www.exampleshire-courier.example/2026/11/second-kitchen'],
    ],
  },
];

/** @returns how long the bare requests of a chain take, ms, with nothing done with the answers. */
export async function timeChain(sandboxUrl: string, { steps }: Chain): Promise<number> {
  const begun = performance.now();
  for (const step of steps) await Promise.all(step.map((address) => ask(`${sandboxUrl}/${address}`)));
  return performance.now() - begun;
}

async function ask(url: string): Promise<void> {
  const headers = { authorization: `Basic ${Buffer.from('sandbox:').toString('base64')}`, accept: '*/*' };
  // A page that moved is asked for in the next step; a document's storage belongs to its content.
  const redirect = url.includes('/companies-house-documents/') ? 'follow' : 'manual';
  const response = await fetch(url, { headers, redirect });
  await response.arrayBuffer();
}
