import { expect, type Page, test } from '@playwright/test';
import { COMPANIES, expectAccessible, expectNoSidewaysScroll, researchToTheEnd, signInAsDemo } from './steps';

const FOLDER = 'test-results/screens';
const WIDTHS = [320, 375, 768, 1440];
type Theme = 'light' | 'dark';

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

let reportPath = '/';
let batchPath = '/';

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signInAsDemo(page);
  await researchToTheEnd(page, COMPANIES.herons.id);
  reportPath = new URL(page.url()).pathname;
  await fillCompanyPage(page);
  batchPath = await fillBatchPage(page);
  await page.close();
});

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible and fits every width, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await look(page, 'sign-in', '/sign-in', theme);
    await signInAsDemo(page);
    const jobId = await latestJobId(page);
    const pages = {
      home: '/',
      companies: '/companies',
      'companies-none': '/companies?q=qqqqzzzzqqqq',
      company: `/companies/${COMPANIES.herons.id}`,
      report: reportPath,
      jobs: '/jobs',
      job: `/jobs/${encodeURIComponent(jobId)}`,
      batches: '/batches',
      batch: batchPath,
      'batch-none': `${batchPath}?outcome=cancelled`,
      'batch-new': '/batches/new',
      'not-found': '/companies/ZZ999999',
    };
    for (const [name, path] of Object.entries(pages)) await look(page, name, path, theme);
  });

  test(`what opens over a page is accessible, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await signInAsDemo(page);
    await page.goto(reportPath);
    await page
      .getByRole('article')
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    await expect(page.getByRole('dialog', { name: /^Source 1/ })).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `${FOLDER}/${theme}/citation.png` });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /account menu/i }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, '[role=menu]');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Quick search' }).fill('demo');
    await expect(page.getByRole('option', { name: /DEMO/ }).first()).toBeVisible();
    await expectAccessible(page, '[role=dialog]');
    await page.screenshot({ path: `${FOLDER}/${theme}/quick-search.png` });
    await page.goto('/companies');
    await page.getByRole('checkbox', { name: `Choose ${COMPANIES.herons.name}` }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Run on 1 chosen' }).click();
    await page.getByRole('radio', { name: /^Research/ }).check();
    await expect(page.getByText(/Uses up to 1 of the/)).toBeVisible();
    await expectAccessible(page, '[role=dialog]');
    await page.screenshot({ path: `${FOLDER}/${theme}/start-batch.png` });
  });
}

/** Every panel of the company's page has something to show. */
async function fillCompanyPage(page: Page): Promise<void> {
  await page.goto(`/companies/${COMPANIES.herons.id}`);
  for (const action of ['Enrich', 'Score', 'Find signals']) {
    await page.getByRole('button', { name: action, exact: true }).click();
  }
  for (const result of ['See the facts', 'See the score', 'See the signals']) {
    await expect(page.getByRole('link', { name: result })).toBeVisible({ timeout: 40_000 });
  }
}

/** A batch in which one company failed. */
async function fillBatchPage(page: Page): Promise<string> {
  await page.goto('/batches/new');
  await page.getByRole('textbox', { name: 'Company numbers' }).fill(`${COMPANIES.herons.id}\nZZ999999`);
  await page.getByRole('radio', { name: /^Scoring/ }).check();
  await page.getByRole('button', { name: 'Start on 2 companies' }).click();
  await expect(page.getByText('Done, some failed')).toBeVisible({ timeout: 40_000 });
  return new URL(page.url()).pathname;
}

async function look(page: Page, name: string, path: string, theme: Theme): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await expect(page.getByRole('status', { name: /loading/i })).toHaveCount(0);
  // What is folded away is looked at, too.
  await page.locator('main details').evaluateAll((folds) => {
    for (const fold of folds) fold.setAttribute('open', '');
  });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page);
    await page.screenshot({ path: `${FOLDER}/${theme}/${name}-${width}.png`, fullPage: true });
  }
  await expectAccessible(page);
}

async function latestJobId(page: Page): Promise<string> {
  const answer = await page.request.get('/api/jobs?limit=1');
  const body: { items: { id: string }[] } = await answer.json();
  expect(body.items).toHaveLength(1);
  return body.items[0]?.id ?? '';
}
