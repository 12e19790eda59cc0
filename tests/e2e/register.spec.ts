import { expect, test } from '@playwright/test';
import { NEWCOMERS } from '../support/newcomers';
import { calmSandbox, disturbSandbox, expectAccessible, expectNoSidewaysScroll, signInAsNewcomer } from './steps';

test.afterEach(async ({ page }) => calmSandbox(page));

test('a company that only the register knows is found, opened and researched', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto('/companies');
  await page.getByRole('searchbox', { name: 'Company name or number' }).fill('fernhollow');
  const onRegister = page.getByRole('list', { name: 'On the register' });
  await expect(onRegister.getByRole('listitem')).toHaveCount(2);
  await expect(onRegister).toContainText('Dissolved');
  await onRegister.getByRole('link', { name: NEWCOMERS.clicked.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(NEWCOMERS.clicked.name);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Open the report' })).toBeVisible({ timeout: 40_000 });
});

test('a search with little of its own says what the register has besides', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto('/companies?q=qqqqzzzzqqqq');
  await expect(page.getByText('No company in the workspace matches “qqqqzzzzqqqq”')).toBeVisible();
  await expect(page.getByText('Companies House has none either under this name or number.')).toBeVisible();
  await page.goto('/companies?q=marmalade');
  await expect(page.getByText('Companies House has no others under this name or number.')).toBeVisible();
});

test('a search with many of its own asks the register on a press only', async ({ page }) => {
  await signInAsNewcomer(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/companies/register')) asked.push(request.url());
  });
  await page.goto('/companies?q=demo');
  const button = page.getByRole('button', { name: 'Search Companies House for “demo”' });
  await expect(button).toBeVisible();
  expect(asked).toEqual([]);
  await button.click();
  await expect(page.getByRole('region', { name: 'On the register' }).getByRole('status')).toContainText(
    'Companies House has no others',
  );
  expect(asked).toHaveLength(1);
});

test('a name that is typed does not cost a question to the register for each letter', async ({ page }) => {
  await signInAsNewcomer(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/companies/register')) asked.push(request.url());
  });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Quick search' }).pressSequentially('fernhollow kal', { delay: 60 });
  await expect(page.getByRole('option', { name: /KALEIDOSCOPES/ })).toBeVisible();
  // One on a machine that has time; a busy one makes pauses of its own between the fourteen letters.
  expect(asked.length).toBeLessThan(4);
});

test('the quick search opens a company of the register from the keyboard', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Quick search' }).fill('kaleidoscopes');
  const option = page.getByRole('option', { name: /KALEIDOSCOPES/ });
  await expect(option).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(NEWCOMERS.typed.name);
});

test('a register that cannot be asked is not taken for one that has nothing', async ({ page }) => {
  await signInAsNewcomer(page);
  await disturbSandbox(
    page,
    { kind: 'status', status: 503, path: '/search/companies*' },
    { kind: 'status', status: 503, path: `/company/${NEWCOMERS.unreachable.number}` },
  );
  await page.goto('/companies?q=cloudberry');
  const region = page.getByRole('region', { name: 'On the register' });
  await expect(region).toContainText('The register could not be asked');
  await expect(region).toContainText('Companies House did not answer (503)');
  await page.goto(`/companies/${NEWCOMERS.unreachable.number}`);
  await expect(page.getByText('The register could not be asked')).toBeVisible();
  await calmSandbox(page);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(NEWCOMERS.unreachable.name);
});

for (const theme of ['light', 'dark'] as const) {
  test(`what the register has is accessible and fits a telephone, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 375, height: 800 });
    await signInAsNewcomer(page);
    await page.goto('/companies?q=whimbrel');
    await expect(page.getByRole('list', { name: 'On the register' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.screenshot({ path: `test-results/screens/${theme}/register-375.png` });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Quick search' }).fill('whimbrel');
    await expect(page.getByRole('option', { name: /WHIMBREL/ })).toBeVisible();
    await expectAccessible(page, '[role=dialog]');
    await page.screenshot({ path: `test-results/screens/${theme}/register-quick-375.png` });
    await page.keyboard.press('Escape');
    await disturbSandbox(page, { kind: 'status', status: 503, path: '/search/companies*' });
    await page.goto('/companies?q=cloudberries');
    await expect(page.getByText('The register could not be asked')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.goto('/companies?q=demo');
    await expect(page.getByRole('button', { name: /^Search Companies House/ })).toBeVisible();
    await expectAccessible(page);
  });
}
