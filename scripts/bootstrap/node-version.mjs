// Loaded before anything else, so it must also parse on much older versions of Node.js.

/**
 * @param {string} version such as `v20.20.2`
 * @returns {string | null} why this Node.js cannot run oppSpot and what to do, or null when it can
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major > 22;
  if (supported) return null;
  return `oppSpot needs Node.js 20.19 or newer in the 20 line, or 22.13 and newer; this is ${version}. Install a current version from https://nodejs.org and run the command again.`;
}

/** Ends the process with a clear message when this Node.js is too old. */
export function requireSupportedNode() {
  const problem = nodeVersionProblem(process.version);
  if (problem === null) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
