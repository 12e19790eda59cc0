import { startTestStack } from './test-stack';

/** Playwright's global set-up: a stack of its own, whose address the tests find in APP_URL. */
export default async function setUp(): Promise<() => Promise<void>> {
  const stack = await startTestStack();
  Object.assign(process.env, stack.environment);
  return stack.stop;
}
