import type { Component } from '../component';

/** There is no ideal customer profile in this product yet: nothing says which industries and tools are sought. */
const NO_PROFILE = 'No ideal customer profile says which';

export const industry: Component = {
  name: 'industry',
  evaluate: () => ({ notScored: `${NO_PROFILE} industries are sought, so there is nothing to compare this one with.` }),
};

export const technology: Component = {
  name: 'technology',
  evaluate: () => ({
    notScored: `${NO_PROFILE} tools matter, so the tools of the company cannot speak for or against it.`,
  }),
};

export const engagement: Component = {
  name: 'engagement',
  evaluate: () => ({ notScored: 'No contact of ours with this company is recorded.' }),
};
