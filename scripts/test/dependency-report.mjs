// Far below what the tree has: with a compiler that it cannot use, the tool follows no imports, finds nothing and is content.
const FEWEST_MODULES = 150;
const FEWEST_DEPENDENCIES = 300;

/**
 * Reads the JSON report of dependency-cruiser.
 * @param {string} text
 * @returns {string | null} the violations, one a line with the rule's advice; null when there are none
 */
export function readDependencyReport(text) {
  /** @type {{ summary: { violations: Violation[], totalCruised: number, totalDependenciesCruised: number, ruleSetUsed?: { forbidden?: { name: string, comment?: string }[] } } }} */
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return `The report of the dependency rules cannot be read:\n${text.slice(0, 2_000)}`;
  }
  const { violations, totalCruised, totalDependenciesCruised, ruleSetUsed } = report.summary;
  if (totalCruised < FEWEST_MODULES || totalDependenciesCruised < FEWEST_DEPENDENCIES) {
    return `Only ${totalCruised} modules and ${totalDependenciesCruised} dependencies were looked at: the rules were not really checked.`;
  }
  const advice = new Map((ruleSetUsed?.forbidden ?? []).map(({ name, comment }) => [name, comment ?? '']));
  const lines = violations
    .filter(({ rule }) => rule.severity === 'error')
    .map(({ from, to, rule }) => `${from} -> ${to}\n    ${rule.name}: ${advice.get(rule.name) ?? ''}`);
  return lines.length === 0 ? null : lines.join('\n');
}

/** @typedef {{ from: string, to: string, rule: { name: string, severity: string } }} Violation */
