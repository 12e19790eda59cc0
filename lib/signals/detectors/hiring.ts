import type { UnavailableDetector } from '../detector';

export const hiring: UnavailableDetector = {
  name: 'hiring',
  type: 'hiring',
  notRun: 'No job board is configured as a source, so open roles were not looked for.',
};
