import { expect, test } from '@playwright/test';
import { COMPANIES, signInAsDemo } from './steps';

test('everything from search to a citation works without a pointer', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('compass');
  await expect(page.getByRole('option', { name: /COMPASS ROBOTICS/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(COMPANIES.robotics.name);

  await page.getByRole('button', { name: 'Research', exact: true }).focus();
  await page.keyboard.press('Enter');
  const report = page.getByRole('link', { name: 'Open the report' });
  await expect(report).toBeVisible({ timeout: 40_000 });
  await report.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();

  const citation = page
    .getByRole('article')
    .getByRole('button', { name: /^Source \d+/ })
    .first();
  await citation.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Source/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /open the source/i })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(citation).toBeFocused();
});

test('the theme can be switched from the keyboard and is kept', async ({ page }) => {
  await signInAsDemo(page);
  await page.getByRole('button', { name: /account menu/i }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Dark' }).press('Enter');
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/dark/);
});
