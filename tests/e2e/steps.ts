import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { createTestUser } from '../support/users';

/**
 * Demo companies; each test works on one of its own, so that none finds another's fresh report or kept answers, which
 * would make a slow research quick.
 */
export const COMPANIES = {
  marmalade: { id: 'DM000001', name: 'DEMO MARMALADE WORKS LIMITED' },
  galleon: { id: 'DM000002', name: 'EXAMPLE GALLEON HOLDINGS PLC' },
  teacup: { id: 'DM000003', name: 'DEMO TEACUP REPAIRS LTD' },
  fox: { id: 'DM000004', name: 'EXAMPLE SLEEPING FOX LIMITED' },
  ladder: { id: 'DM000005', name: 'DEMO WOBBLY LADDER LTD' },
  foundry: { id: 'DM000006', name: 'EXAMPLE LANTERN FOUNDRY LIMITED' },
  dragon: { id: 'DM000007', name: 'DEMO PAPER DRAGON LIMITED' },
  herons: { id: 'DM000008', name: 'EXAMPLE TWO HERONS LLP' },
  robotics: { id: 'DM000009', name: 'DEMO COMPASS ROBOTICS LTD' },
  kettle: { id: 'DM000010', name: 'EXAMPLE KETTLE COMMONS C.I.C.' },
  lanterns: { id: 'DM000011', name: 'DEMO HARBOUR LANTERNS LIMITED' },
  bell: { id: 'DM000012', name: 'EXAMPLE SILENT BELL LIMITED' },
} as const;

export async function signInAsDemo(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /demo/i }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
}

/**
 * Signs in as a new user, through the form.
 * @param options.researchLimit researches a month; the installation's own limit when absent.
 */
export async function signInAsNewcomer(page: Page, options: { researchLimit?: number } = {}): Promise<void> {
  const { email, password } = await createTestUser(options);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/sign-in/);
}

/** Presses Research on a company's page and waits for the report to be offered. */
export async function researchToTheEnd(page: Page, companyId: string): Promise<void> {
  await page.goto(`/companies/${companyId}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  const openReport = page.getByRole('link', { name: 'Open the report' });
  await expect(openReport).toBeVisible({ timeout: 40_000 });
  await openReport.click();
  await expect(page).toHaveURL(/\/reports\//);
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
}

type Disturbance = { path?: string; kind: 'slow' | 'hang' | 'status'; delay_ms?: number; status?: number };

/** Makes the provider sandbox slow, silent or failing for a while; `calmSandbox` ends it. */
export async function disturbSandbox(page: Page, ...faults: Disturbance[]): Promise<void> {
  const answer = await page.request.post(`${process.env.SANDBOX_URL}/_faults`, { data: faults });
  expect(answer.status()).toBe(201);
}

/** Sources answer one after another, so that sections are written one after another: `stepMs`, twice and three times it. */
export async function slowResearch(page: Page, stepMs: number): Promise<void> {
  const lists = ['filing-history', 'officers', 'charges'];
  const slow = (list: string, place: number): Disturbance => ({
    kind: 'slow',
    path: `/company/*/${list}*`,
    delay_ms: stepMs * (place + 1),
  });
  await disturbSandbox(page, ...lists.map(slow));
}

export async function calmSandbox(page: Page): Promise<void> {
  await page.request.delete(`${process.env.SANDBOX_URL}/_faults`);
}

/**
 * WCAG 2.2 AA by axe: nothing may be found.
 * @param inside looks at this part only: what is open over a page hides the rest from screen readers, and axe with it.
 */
export async function expectAccessible(page: Page, inside?: string): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', ...(inside ? [] : ['best-practice'])];
  const axe = new AxeBuilder({ page }).withTags(tags);
  const { violations } = await (inside ? axe.include(inside) : axe).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(found).toEqual([]);
}

/** Nothing may be wider than the window: a page never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess).toBeLessThanOrEqual(0);
}
