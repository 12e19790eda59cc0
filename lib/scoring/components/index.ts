import type { Component } from '../component';
import { bant } from './bant';
import { financial } from './financial';
import { growth } from './growth';
import { engagement, industry, technology } from './unscored';

/** Every component, in the order in which the score shows them. */
export const COMPONENTS: readonly Component[] = [financial, growth, industry, technology, engagement, bant];
