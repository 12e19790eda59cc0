import { type BrowserContext, expect, type Page, type Request, test } from '@playwright/test';
import { COMPANIES, calmSandbox, disturbSandbox, signInAsDemo, slowResearch } from './steps';

test.afterEach(async ({ context }) => {
  const [page] = context.pages();
  if (page) await calmSandbox(page);
});

const isStream = (request: Request) => /\/api\/jobs\/[^/]+\/events$/.test(request.url());
const isPoll = (request: Request) => request.method() === 'GET' && /\/api\/jobs\/[^/?]+$/.test(request.url());
const progressOf = (page: Page) => page.getByRole('region', { name: 'Research progress' });
const percentOf = async (page: Page) =>
  Number(await progressOf(page).getByRole('progressbar').getAttribute('aria-valuenow'));

/** Counts what all tabs ask for. */
function count(context: BrowserContext) {
  const seen = { streams: 0, open: 0, polls: 0 };
  const ended = (request: Request) => {
    if (isStream(request)) seen.open -= 1;
  };
  context.on('request', (request) => {
    if (isPoll(request)) seen.polls += 1;
    if (!isStream(request)) return;
    seen.streams += 1;
    seen.open += 1;
  });
  context.on('requestfinished', ended);
  context.on('requestfailed', ended);
  return seen;
}

test('two tabs share one stream, nobody polls beside it, and the second tab takes it over', async ({
  page,
  context,
}) => {
  const seen = count(context);
  await signInAsDemo(page);
  await slowResearch(page, 6000);
  await page.goto(`/companies/${COMPANIES.bell.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await expect(progressOf(page).getByText(/step \d of 8/)).toBeVisible();
  await expect.poll(() => seen.open).toBe(1);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(progressOf(second).getByText(/step \d of 8/)).toBeVisible();
  const { polls } = seen;
  const [before, beforeThere] = [await percentOf(page), await percentOf(second)];
  await expect.poll(() => percentOf(page)).toBeGreaterThan(before);
  await expect.poll(() => percentOf(second)).toBeGreaterThan(beforeThere);
  expect(seen).toEqual({ streams: 1, open: 1, polls });

  await page.close();
  await expect.poll(() => seen.streams, 'streams after the first tab has closed').toBe(2);
  await calmSandbox(second);
  await expect(progressOf(second).getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => seen.open, 'streams after the end').toBe(0);
  expect(seen.streams).toBe(2);
});

test('where streams are blocked the page polls, and cancelling shows at once', async ({ page, context }) => {
  await context.route('**/events', (route) => route.abort());
  await signInAsDemo(page);
  await disturbSandbox(page, { kind: 'hang' });
  await page.goto(`/companies/${COMPANIES.dragon.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const progress = progressOf(page);
  await expect(progress.getByText('Running')).toBeVisible();
  await progress.getByRole('button', { name: 'Cancel research' }).click();
  await expect(progress.getByRole('button', { name: 'Cancel research' })).toHaveText('Cancelling');
  await expect(progress.getByText('Cancelled', { exact: true })).toBeVisible();
  await calmSandbox(page);
  await progress.getByRole('button', { name: 'Try research again' }).click();
  await expect(progress.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 30_000 });
});
