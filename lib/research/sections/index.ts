import { approach } from './approach';
import { business } from './business';
import { financials } from './financials';
import { identity } from './identity';
import { ownership } from './ownership';
import { risk } from './risk';
import type { SectionDefinition } from './section-definition';
import { signals } from './signals';
import { technology } from './technology';

/** The sections in the order in which they are built and read; later ones may use what earlier ones found. */
export const SECTIONS: readonly SectionDefinition[] = [
  identity,
  business,
  financials,
  ownership,
  signals,
  technology,
  risk,
  approach,
];
