import { expect, test } from '@playwright/test';
import { COMPANIES, calmSandbox, disturbSandbox, signInAsDemo, slowResearch } from './steps';

test.afterEach(({ page }) => calmSandbox(page));

test('a running research can be cancelled and tried again', async ({ page }) => {
  await signInAsDemo(page);
  await disturbSandbox(page, { kind: 'hang' });
  await page.goto(`/companies/${COMPANIES.teacup.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const progress = page.getByRole('region', { name: 'Research progress' });
  await expect(progress.getByText('Running')).toBeVisible();
  await progress.getByRole('button', { name: 'Cancel research' }).click();
  await expect(progress.getByText('Cancelled', { exact: true })).toBeVisible();

  await calmSandbox(page);
  await progress.getByRole('button', { name: 'Try research again' }).click();
  await expect(progress.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 40_000 });
});

test('the list of jobs follows what runs, and filters by state and kind in its address', async ({ page }) => {
  await signInAsDemo(page);
  await disturbSandbox(page, { kind: 'slow', delay_ms: 1000 });
  await page.goto(`/companies/${COMPANIES.lanterns.id}`);
  await page.getByRole('button', { name: 'Find signals', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Signals progress' })).toBeVisible();

  await page.goto('/jobs');
  const row = page
    .getByRole('list', { name: 'Jobs' })
    .getByRole('listitem')
    .filter({ hasText: COMPANIES.lanterns.name })
    .first();
  await expect(row).toBeVisible();
  await calmSandbox(page);
  await expect(row.getByText('Done')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('navigation', { name: 'Kind of work' }).getByRole('link', { name: 'Signals' }).click();
  await expect(page).toHaveURL(/queue=buying-signals/);
  await expect(row).toBeVisible();
  await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/status=failed/);
  await expect(page.getByText('No job matches')).toBeVisible();
  await page.goBack();
  await expect(row).toBeVisible();

  await row.getByRole('link', { name: COMPANIES.lanterns.name, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
  await expect(page.getByText('Requested', { exact: true }).first()).toBeVisible();
});

test('the home page shows what is running and the latest reports', async ({ page }) => {
  await signInAsDemo(page);
  await slowResearch(page, 3000);
  await page.goto(`/companies/${COMPANIES.ladder.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Research progress' })).toBeVisible();
  await page.goto('/');
  const running = page.getByRole('list', { name: 'Running jobs' });
  await expect(running.getByText(COMPANIES.ladder.name)).toBeVisible();
  await calmSandbox(page);
  await expect(page.getByText('Nothing is running')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole('list', { name: 'Reports' }).getByText(COMPANIES.ladder.name).first()).toBeVisible();
});
