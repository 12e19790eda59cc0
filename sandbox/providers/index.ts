import type { Provider } from '../provider';
import { companiesHouse } from './companies-house';

/** Every provider that the sandbox stands in for: one file and one line each. */
export const PROVIDERS: readonly Provider[] = [companiesHouse];
