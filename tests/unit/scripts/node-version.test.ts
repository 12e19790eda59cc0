import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from '../../../scripts/bootstrap/node-version.mjs';

describe('the version of Node.js', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.13.0', 'v24.1.0'])('accepts %s', (version) => {
    expect(nodeVersionProblem(version)).toBeNull();
  });

  it.each(['v14.21.3', 'v18.20.4', 'v20.18.3', 'v21.7.0', 'v22.12.0'])(
    'refuses %s and says what to install',
    (version) => {
      expect(nodeVersionProblem(version)).toContain(`this is ${version}. Install a current version`);
    },
  );
});
