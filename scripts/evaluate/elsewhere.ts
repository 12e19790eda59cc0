import { existsSync } from 'node:fs';
import type { Measure, MeasureId } from './measure';

type Proof = { id: MeasureId; name: string; target: string; files: readonly string[] };

/** What needs no recorded data and runs with the tests. */
const PROOFS: readonly Proof[] = [
  {
    id: 'E15',
    name: 'A model that goes wrong',
    target: 'template sentences instead, cost recorded',
    files: [
      'tests/unit/research/model-writer.test.ts',
      'tests/unit/research/model-writer-failures.test.ts',
      'tests/unit/llm/failures.test.ts',
    ],
  },
];

/** Names the tests that prove what is not measured here; one that is gone is a miss. */
export function measuresElsewhere(): Measure[] {
  return PROOFS.map(({ id, name, target, files }) => {
    const gone = files.filter((file) => !existsSync(file));
    return {
      id,
      name,
      figure: files.join(', '),
      target,
      verdict: gone.length === 0 ? 'elsewhere' : 'missed',
      hard: true,
      cases: gone.map((file) => `${file} is not there`),
    };
  });
}
