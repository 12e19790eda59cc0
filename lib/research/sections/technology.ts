import { writeTechnology } from '../writer/technology';
import type { SectionDefinition } from './section-definition';

const WEB_SITE = ['website_status', 'tech_detected', 'social_links', 'site_languages'];
const JOBS = ['open_roles', 'tools_in_job_ads'];

/** No source for this section is read yet: it says so, field by field, instead of guessing. */
export const technology: SectionDefinition = {
  id: 'technology',
  title: 'Technology, web and hiring footprint',
  weight: 0.09,
  label: 'Checking what is known of web site and hiring',
  required: ['website_status', 'tech_detected', 'open_roles'],
  write: writeTechnology,
  async collect(draft) {
    for (const field of WEB_SITE) {
      draft.gap(field, 'not_configured', 'No web site is set up as a source in this installation, so none was opened.');
    }
    for (const field of JOBS) {
      draft.gap(
        field,
        'not_configured',
        'No job board is set up as a source in this installation, so none was searched.',
      );
    }
  },
};
