import type { Provider } from '../provider';
import { companiesHouse } from './companies-house';
import { companiesHouseDocuments } from './companies-house-documents';
import { contractsFinder } from './contracts-finder';
import { findATender } from './find-a-tender';
import { gazette } from './gazette';
import { gleif } from './gleif';
import { googlePlaces } from './google-places';
import { JOB_BOARDS } from './job-boards';
import { llm } from './llm';
import { gdelt, newsapi } from './news';
import { web } from './web';

/** Every provider that the sandbox stands in for: one file and one line each. */
export const PROVIDERS: readonly Provider[] = [
  companiesHouse,
  companiesHouseDocuments,
  gleif,
  contractsFinder,
  findATender,
  gazette,
  ...JOB_BOARDS,
  gdelt,
  newsapi,
  googlePlaces,
  web,
  llm,
];
