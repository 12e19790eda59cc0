import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { COMPANIES, calmSandbox, disturbSandbox, signInAsNewcomer } from './steps';

test.afterEach(({ page }) => calmSandbox(page));

const rowsOf = (page: Page) => page.getByRole('list', { name: 'Companies of the batch' }).getByRole('listitem');
const progressOf = (page: Page) => page.getByRole('region', { name: 'Progress of the batch' });

async function csvOf(page: Page): Promise<string[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  return text.trim().split(/\r?\n/);
}

test('companies are chosen with the keyboard, scored as a batch, and the results downloaded', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto('/companies?status=active');
  const choice = (name: string) => page.getByRole('checkbox', { name: `Choose ${name}` });
  await choice(COMPANIES.kettle.name).focus();
  await page.keyboard.press('Space');
  // These two are neighbours: with the shift key down, what lies between is chosen as well.
  await choice(COMPANIES.fox.name).click();
  await choice(COMPANIES.herons.name).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 chosen', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Run on 3 chosen' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run on 3 companies' });
  await dialog.getByRole('radio', { name: /^Research/ }).check();
  await expect(dialog.getByText(/Uses up to 3 of the \d+ researches/)).toBeVisible();
  await dialog.getByRole('radio', { name: /^Scoring/ }).check();
  await dialog.getByRole('button', { name: 'Start on 3 companies' }).click();

  await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Scoring of 3 companies');
  await expect(progressOf(page).getByText('3 of 3')).toBeVisible({ timeout: 30_000 });
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(rowsOf(page).first()).toContainText('Done');
  const lines = await csvOf(page);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('company');

  await page.getByRole('navigation', { name: 'Outcome' }).getByRole('link', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(page.getByText('No company with the outcome “Failed”')).toBeVisible();
  await page.getByRole('link', { name: 'Show all companies' }).click();
  await expect(rowsOf(page)).toHaveCount(3);
  await rowsOf(page).first().getByRole('link', { name: /^Job/ }).click();
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();

  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Batches' }).getByRole('listitem')).toContainText('3 done');
});

test('all companies of a search become a batch, which can be cancelled', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto('/batches');
  await expect(page.getByText('No batches yet')).toBeVisible();
  await disturbSandbox(page, { kind: 'hang' });
  await page.getByRole('link', { name: 'Choose companies' }).click();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('active');
  await page.getByRole('button', { name: /^Run on these 10$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Run on 10 companies' });
  await expect(dialog.getByText('All companies, status active.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Start on 10 companies' }).click();
  await expect(progressOf(page).getByText(/of 10$/)).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: 'Cancel batch' }).click();
  const question = page.getByRole('alertdialog', { name: 'Cancel this batch?' });
  await question.getByRole('button', { name: 'Keep it running' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Cancel batch' }).click();
  await question.getByRole('button', { name: 'Cancel the batch' }).click();
  await expect(progressOf(page).getByText('Cancelled. What was finished before stays.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(progressOf(page).getByText('10 of 10')).toBeVisible();
});

test('pasted numbers are checked line by line, and what failed can be tried again', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto('/batches/new');
  const numbers = page.getByRole('textbox', { name: 'Company numbers' });
  await numbers.fill(`${COMPANIES.fox.id}\nteacups\n${COMPANIES.fox.id}`);
  await expect(page.getByText('Line 2: “teacups” is not a company number.')).toBeVisible();
  await page.getByRole('button', { name: /^Start/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Correct or remove' })).toBeVisible();
  await numbers.fill(`${COMPANIES.fox.id}\nZZ999999`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Foxes and others');
  await page.getByRole('radio', { name: /^Scoring/ }).check();
  await page.getByRole('button', { name: 'Start on 2 companies' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Foxes and others');
  await expect(page.getByText('Done, some failed')).toBeVisible({ timeout: 30_000 });
  await page.goto(`${page.url()}?outcome=failed`);
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText('ZZ999999');
  const retried = page.waitForResponse((answer) => answer.url().endsWith('/retry'));
  await page.getByRole('button', { name: 'Try 1 company again' }).click();
  expect((await retried).status()).toBe(202);
  await expect(page.getByText('Done, some failed')).toBeVisible({ timeout: 30_000 });
});

test("somebody else's batch is nothing, with status 404", async ({ page }) => {
  await signInAsNewcomer(page);
  const response = await page.goto('/batches/00000000-0000-4000-8000-000000000000');
  expect(response?.status()).toBe(404);
  await expect(page.getByText('There is nothing here')).toBeVisible();
});
