import { expect, test } from '@playwright/test';
import { COMPANIES, calmSandbox, signInAsDemo, signInAsNewcomer, slowResearch } from './steps';

test.afterEach(({ page }) => calmSandbox(page));

test('from sign-in to a checked sentence: search, research, watch, read, click a citation', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await signInAsDemo(page);

  await page.getByRole('link', { name: 'Companies', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Companies', level: 1 })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Company name or number' }).fill('marmalade');
  await expect(page).toHaveURL(/q=marmalade/);
  const row = page.getByRole('list', { name: 'Companies' }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row.getByText('Demo', { exact: true })).toBeVisible();
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(COMPANIES.marmalade.name);

  // Slow enough to be watched.
  await slowResearch(page, 1500);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const progress = page.getByRole('region', { name: 'Research progress' });
  await expect(progress).toBeVisible();
  await expect(progress.getByText(/step \d of 8/)).toBeVisible();
  await expect(progress.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0');
  await expect(progress.getByRole('button', { name: /cancel/i })).toBeVisible();

  await progress.getByRole('link', { name: 'Open the report' }).click({ timeout: 45_000 });
  await expect(page).toHaveURL(/\/reports\//);
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveCount(10);
  await expect(page.getByText('Demo', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What we could not find' })).toBeVisible();

  const citation = page
    .getByRole('article')
    .getByRole('button', { name: /^Source \d+/ })
    .first();
  await citation.click();
  const popover = page.getByRole('dialog', { name: /^Source \d+/ });
  await expect(popover.getByRole('blockquote').first()).not.toBeEmpty();
  await expect(popover.getByText(/Found at \$/).first()).toBeVisible();
  const link = popover.getByRole('link', { name: /open the source/i });
  await expect(link).toHaveAttribute('href', /^https:\/\//);
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(citation).toBeFocused();
  expect(complaints, 'errors in the browser console').toEqual([]);
});

test('a report fills up section by section while it is being written', async ({ page }) => {
  await signInAsDemo(page);
  await slowResearch(page, 3000);
  await page.goto(`/companies/${COMPANIES.galleon.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Reports' }).getByText('Being written')).toBeVisible();
  await page.getByRole('link', { name: 'Read along' }).click();
  await expect(page).toHaveURL(/\/reports\//);
  await expect(page.getByText('Being written', { exact: true })).toBeVisible();
  await expect(page.getByText('Still being written').first()).toBeAttached();
  await expect(
    page
      .getByRole('article')
      .getByRole('button', { name: /^Source 1/ })
      .first(),
  ).toBeVisible();
  await calmSandbox(page);
  await expect(page.getByText('Still being written')).toHaveCount(0, { timeout: 45_000 });
  await expect(page.getByRole('table', { name: 'Signals checked' }).getByRole('rowheader')).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Actions on this report' }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'PDF' })).toBeFocused();
  await expect(page.getByRole('menuitem', { name: 'JSON' })).toHaveAttribute('href', /export\?format=json$/);
});

test('a lost connection is said, the work goes on, and the page catches up', async ({ page, context }) => {
  await signInAsDemo(page);
  await slowResearch(page, 3000);
  await page.goto(`/companies/${COMPANIES.foundry.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const progress = page.getByRole('region', { name: 'Research progress' });
  await expect(progress.getByText(/step \d of 8/)).toBeVisible();
  await page.reload();
  await expect(progress.getByText(/step \d of 8/)).toBeVisible();
  await context.setOffline(true);
  await expect(progress.getByText(/You are offline|does not answer just now/)).toBeVisible();
  const before = await progress.getByText(/step \d of 8/).textContent();
  await context.setOffline(false);
  await expect(progress.getByText(/You are offline|does not answer just now/)).toHaveCount(0);
  await expect(progress.getByText(before ?? '')).toHaveCount(0, { timeout: 20_000 });
  await expect(progress.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 45_000 });
});

test('a fresh report is offered before another research is spent', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`/companies/${COMPANIES.fox.id}`);
  const start = page.getByRole('button', { name: 'Research', exact: true });
  await start.click();
  await expect(page.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 40_000 });
  await start.click();
  await expect(page.getByText('There is a fresh report already')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Research again' })).toBeVisible();
});

test('enrich, score and find signals each run in place and fill their part of the page', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`/companies/${COMPANIES.robotics.id}`);
  await page.getByRole('button', { name: 'Enrich', exact: true }).click();
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await page.getByRole('button', { name: 'Find signals', exact: true }).click();
  for (const name of ['Enrichment', 'Scoring', 'Signals']) {
    const progress = page.getByRole('region', { name: `${name} progress` });
    await expect(progress.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  }
  const provenance = page.getByRole('button', { name: /^Where “Legal name” comes from/ });
  await provenance.click();
  await expect(page.getByRole('dialog').getByRole('blockquote')).toContainText(COMPANIES.robotics.name);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('progressbar', { name: 'Completeness' })).toBeVisible();
  await expect(page.getByText('Not scored').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Signals' }).getByRole('listitem').first()).toBeVisible();
});

test('a used-up quota starts nothing and says when it begins again', async ({ page }) => {
  await signInAsNewcomer(page, { researchLimit: 0 });
  await page.goto(`/companies/${COMPANIES.fox.id}`);
  await expect(
    page.getByText(/All 0 researches of this month are used\. They start again on 1 \w{3} \d{4}\./),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Research', exact: true })).toBeDisabled();
  await page.goto('/jobs');
  await expect(page.getByText('No jobs yet')).toBeVisible();
});

test('a quota that was used up elsewhere is told of when Research is pressed', async ({ page }) => {
  await signInAsNewcomer(page, { researchLimit: 0 });
  const left = { researches_limit: 1, researches_used: 0, researches_remaining: 1, resets_at: '2099-01-01T00:00:00Z' };
  await page.route('**/api/quota', (route) => route.fulfill({ json: { success: true, data: left, ...left } }), {
    times: 1,
  });
  await page.goto(`/companies/${COMPANIES.fox.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'quota' });
  await expect(alert).toContainText('Monthly research quota used up');
  await expect(alert).toContainText(/on 1 \w{3} \d{4}/);
});
