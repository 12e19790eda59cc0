import { expect, test } from '@playwright/test';
import { COMPANIES, signInAsDemo } from './steps';

test('a search forgives a typing error and finds numbers', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto('/companies?q=marmelade');
  const rows = page.getByRole('list', { name: 'Companies' }).getByRole('listitem');
  await expect(rows.first()).toContainText(COMPANIES.marmalade.name);
  await page.getByRole('searchbox', { name: 'Company name or number' }).fill('dm000003');
  await expect(rows.first()).toContainText(COMPANIES.teacup.name);
});

test('a search without matches says so and offers a way back', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto('/companies?q=qqqqzzzzqqqq');
  await expect(page.getByText('No company in the workspace matches “qqqqzzzzqqqq”')).toBeVisible();
  await page.getByRole('link', { name: 'Show all companies' }).click();
  await expect(page.getByRole('list', { name: 'Companies' }).getByRole('listitem').first()).toBeVisible();
});

test('the status filter is part of the address', async ({ page }) => {
  await signInAsDemo(page);
  await page.goto('/companies');
  await page.getByRole('combobox', { name: 'Status' }).selectOption('dissolved');
  await expect(page).toHaveURL(/status=dissolved/);
  const rows = page.getByRole('list', { name: 'Companies' }).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Dissolved');
});

test('an unknown company is a page that says so, with status 404', async ({ page }) => {
  await signInAsDemo(page);
  const response = await page.goto('/companies/ZZ999999');
  expect(response?.status()).toBe(404);
  await expect(page.getByText('There is nothing here')).toBeVisible();
});
