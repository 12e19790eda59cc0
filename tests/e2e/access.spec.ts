import { expect, test } from '@playwright/test';
import { COMPANIES, researchToTheEnd, signInAsDemo, signInAsNewcomer, signOut } from './steps';

test('a report and a job are closed to everybody else', async ({ page, browser }) => {
  await signInAsDemo(page);
  await researchToTheEnd(page, COMPANIES.kettle.id);
  const address = page.url();

  const stranger = await browser.newContext();
  const strangerPage = await stranger.newPage();
  await signInAsNewcomer(strangerPage);
  const response = await strangerPage.goto(address);
  expect(response?.status()).toBe(404);
  await expect(strangerPage.getByText('There is nothing here')).toBeVisible();
  await expect(strangerPage.getByText(COMPANIES.kettle.name)).toHaveCount(0);
  await strangerPage.goto('/jobs');
  await expect(strangerPage.getByText('No jobs yet')).toBeVisible();
  await stranger.close();
});

test('the workspace asks for a sign-in, and signing out closes it again', async ({ page }) => {
  await page.goto('/companies');
  await expect(page).toHaveURL(/sign-in/);
  await signInAsDemo(page);
  await signOut(page);
  await page.goto('/');
  await expect(page).toHaveURL(/sign-in/);
});

test('the admin page does not exist for an ordinary user', async ({ page }) => {
  await signInAsDemo(page);
  const response = await page.goto('/admin');
  expect(response?.status()).toBe(404);
});
