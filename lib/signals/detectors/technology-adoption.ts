import type { JobBoardRoles } from '@/lib/sources/job-boards/schema';
import { type Detector, toSignal } from '../detector';
import { describeRole, onOwnBoards } from './job-adverts';

/** One advertisement may copy a list of tools from anywhere; two that name the same one use it. */
const FEWEST_ROLES = 2;
/** The tools that most roles name; a longer list says nothing new. */
const MOST_TOOLS = 5;

/** Tools in use, as several current job advertisements name them. */
export const technologyAdoption: Detector = {
  name: 'technology_adoption',
  label: 'tools named in job adverts',
  type: 'technology_adoption',
  needs: ['job_boards.roles'],
  uses: [],
  detect(register) {
    const document = register.dataOf('job_boards.roles');
    if (document === null) return [];
    return document.tools
      .filter(({ roles }) => roles >= FEWEST_ROLES)
      .slice(0, MOST_TOOLS)
      .flatMap(({ name }) => {
        const roles = rolesNaming(document, name);
        const happenedOn = roles.map(({ first_published: on }) => on).find((on) => on !== null);
        if (happenedOn === undefined || happenedOn === null) return [];
        const signals = toSignal(register, {
          kind: 'tool_in_job_adverts',
          title: `${name} named in ${roles.length} current job advertisements`,
          why: 'Tools that a company hires for are in use or on their way in: something to build on, or to replace.',
          happenedOn,
          eventId: `tool-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
          source: 'job_boards.roles',
          locator: '$.tools',
          snippet: `${name}: ${roles.length} roles, ${roles.slice(0, 5).map(describeRole).join('; ')}`,
        });
        return onOwnBoards(signals, document, roles);
      });
  },
};

/** Newest first, as the document lists them. */
function rolesNaming({ roles }: JobBoardRoles, tool: string) {
  return roles.filter(({ tools }) => tools.some(({ name }) => name === tool));
}
