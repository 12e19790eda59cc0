import type { Component } from '../component';

export const industry: Component = {
  name: 'industry',
  evaluate: () => ({
    notScored: 'No ideal customer profile is set, so there is nothing to compare the industry with.',
  }),
};

export const technology: Component = {
  name: 'technology',
  evaluate: () => ({ notScored: 'No web site source is configured, so technology in use was not looked for.' }),
};

export const engagement: Component = {
  name: 'engagement',
  evaluate: () => ({ notScored: 'No contact of ours with this company is recorded.' }),
};
