import { type BrowserContext, expect, type Page, type Request, test } from '@playwright/test';
import { COMPANIES, calmSandbox, disturbSandbox, signInAsDemo } from './steps';

test.afterEach(async ({ context }) => {
  const [page] = context.pages();
  if (page) await calmSandbox(page);
});

const isStream = (request: Request) => /\/api\/jobs\/[^/]+\/events$/.test(request.url());
const isPoll = (request: Request) => request.method() === 'GET' && /\/api\/jobs\/[^/?]+$/.test(request.url());
const progressOf = (page: Page, work: string) => page.getByRole('region', { name: `${work} progress` });

/** Watches what all tabs ask for. */
function watch(context: BrowserContext) {
  const open = new Set<Request>();
  const seen = {
    streams: 0,
    polls: 0,
    /** Streams of tabs that are still there. */
    open: () => [...open].filter((request) => !request.frame().page().isClosed()).length,
  };
  context.on('request', (request) => {
    if (isPoll(request)) seen.polls += 1;
    if (!isStream(request)) return;
    seen.streams += 1;
    open.add(request);
  });
  context.on('requestfinished', (request) => open.delete(request));
  context.on('requestfailed', (request) => open.delete(request));
  return seen;
}

test('two tabs share one stream, nobody polls beside it, and the second tab takes it over', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const seen = watch(context);
  await signInAsDemo(page);
  // No source answers: three attempts, ten seconds each.
  await disturbSandbox(page, { kind: 'hang' });
  await page.goto(`/companies/${COMPANIES.bell.id}`);
  await page.getByRole('button', { name: 'Find signals', exact: true }).click();
  await expect.poll(seen.open).toBe(1);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(progressOf(second, 'Signals')).toContainText(/Running|Will try again/, { timeout: 20_000 });
  const { polls } = seen;
  for (const tab of [second, page]) {
    await expect(progressOf(tab, 'Signals').getByText(/attempt [23] of 3/)).toBeVisible({ timeout: 20_000 });
  }
  expect({ streams: seen.streams, open: seen.open(), polls: seen.polls }).toEqual({ streams: 1, open: 1, polls });

  await page.close();
  await expect.poll(() => seen.streams, 'streams after the first tab has closed').toBe(2);
  await progressOf(second, 'Signals').getByRole('button', { name: 'Cancel signals' }).click();
  await expect(progressOf(second, 'Signals').getByText('Cancelled', { exact: true })).toBeVisible();
  await expect.poll(seen.open, 'streams after the end').toBe(0);
  expect(seen.streams).toBe(2);
});

test('where streams are blocked the page polls, and cancelling shows at once', async ({ page, context }) => {
  await context.route('**/events', (route) => route.abort());
  await signInAsDemo(page);
  await disturbSandbox(page, { kind: 'hang' });
  await page.goto(`/companies/${COMPANIES.dragon.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const progress = progressOf(page, 'Research');
  await expect(progress.getByText('Running')).toBeVisible();
  // The answer is kept back: on a quick machine the job has ended before anybody can look.
  let letPass: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    letPass = resolve;
  });
  await page.route('**/api/jobs/*', async (route) => {
    if (route.request().method() === 'DELETE') await seen;
    await route.continue();
  });
  await progress.getByRole('button', { name: 'Cancel research' }).click();
  await expect(progress.getByRole('button', { name: 'Cancel research' })).toHaveText('Cancelling');
  letPass();
  await expect(progress.getByText('Cancelled', { exact: true })).toBeVisible();
  await calmSandbox(page);
  await progress.getByRole('button', { name: 'Try research again' }).click();
  await expect(progress.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 30_000 });
});
