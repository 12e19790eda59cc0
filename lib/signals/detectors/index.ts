import type { Detector } from '../detector';
import { newJobLocations, newTechnology } from './appearances';
import { newCharges, satisfiedCharges } from './charges';
import { contractAwards } from './contract-awards';
import { directorChanges } from './director-changes';
import { filedFigures, headcountGrowth } from './filed-figures';
import { hiring } from './hiring';
import { insolvency } from './insolvency';
import { nameChange } from './name-change';
import { newsEvents } from './news-events';
import { officeMove } from './office-move';
import { overdueFilings } from './overdue-filings';
import { shareAllotments } from './share-allotments';
import { strikeOffNotices } from './strike-off-notices';
import { technologyAdoption } from './technology-adoption';
import { ukEstablishment } from './uk-establishment';
import { yearEndChange } from './year-end-change';

/** Every detector, in the order in which the report lists what was checked. */
export const DETECTORS: readonly Detector[] = [
  shareAllotments,
  directorChanges,
  newCharges,
  satisfiedCharges,
  yearEndChange,
  overdueFilings,
  filedFigures,
  strikeOffNotices,
  insolvency,
  nameChange,
  officeMove,
  ukEstablishment,
  headcountGrowth,
  contractAwards,
  hiring,
  technologyAdoption,
  newTechnology,
  newJobLocations,
  ...newsEvents,
];
