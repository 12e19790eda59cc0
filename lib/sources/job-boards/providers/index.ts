import { ashby } from './ashby';
import type { BoardProvider } from './board-provider';
import { greenhouse } from './greenhouse';
import { lever, leverEu } from './lever';
import { recruitee } from './recruitee';
import { smartrecruiters } from './smartrecruiters';
import { teamtailor } from './teamtailor';
import { workable } from './workable';

/** Every kind of job board that is read: one file and one line each. */
export const BOARD_PROVIDERS = {
  greenhouse,
  lever_eu: leverEu,
  lever,
  ashby,
  workable,
  recruitee,
  smartrecruiters,
  teamtailor,
} as const satisfies Record<string, BoardProvider>;

export type BoardProviderId = keyof typeof BOARD_PROVIDERS;

// Object.keys of a literal object: exactly its own keys.
export const BOARD_PROVIDER_IDS = Object.keys(BOARD_PROVIDERS) as readonly BoardProviderId[];
