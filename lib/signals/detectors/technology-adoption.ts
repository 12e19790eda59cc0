import type { UnavailableDetector } from '../detector';

export const technologyAdoption: UnavailableDetector = {
  name: 'technology_adoption',
  type: 'technology_adoption',
  notRun: 'No web site or job board is configured as a source, so technology in use was not looked for.',
};
