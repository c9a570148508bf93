import { lineEnds } from '../circuit/line-ends.ts';
import type { SolveOptions } from '../circuit/solve-circuit.ts';
import { type NodalCase, readNodalCase } from '../files/nodal-case.ts';
import { type NodalCaseAnswer, type NodalCaseVector, solveNodalCase } from '../files/solve-nodal-case.ts';
import { formatQuantity } from '../quantity.ts';
import { textTable } from './text-table.ts';

/** Answers of several cases, each beside the name of its file. */
interface CaseAnswers {
  readonly cases: readonly ({ readonly case: string } & NodalCaseAnswer)[];
}

/**
 * Solve the nodal cases of some files.
 *
 * @returns as a document the answer of a single case, or those of all cases by file
 * @throws ConfigError or UsageError naming the file and what is wrong in it
 */
export async function solveCases(
  paths: readonly string[],
  options: SolveOptions,
): Promise<{ document: NodalCaseAnswer | CaseAnswers; text: string }> {
  const cases: CaseAnswers['cases'][number][] = [];
  const rows: string[][] = [];
  for (const path of paths) {
    const given = await readNodalCase(path);
    const answer = solveNodalCase(given, path, options);
    cases.push({ case: path, ...answer });
    answer.vectors.forEach((vector, index) => rows.push(rowOf(path, index, given, vector)));
  }
  const header = ['case', 'vector', 'cells', ...lineEnds, 'largest sum at a node', 'method'];
  const [first] = cases;
  const document = first !== undefined && cases.length === 1 ? { vectors: first.vectors } : { cases };
  return { document, text: textTable(header, rows) };
}

function rowOf(path: string, index: number, given: NodalCase, vector: NodalCaseVector): string[] {
  const sums = lineEnds.map((end) => {
    const currents = vector.currentIntoEnd[end];
    return currents === null ? 'open' : formatQuantity(sum(currents), 'current', 4);
  });
  const steps = vector.method === 'direct' ? '' : `, ${vector.iterations} iterations`;
  return [
    path,
    String(index),
    `${given.wordLines} x ${given.bitLines}`,
    ...sums,
    formatQuantity(vector.kclResidual, 'current', 2),
    `${vector.method}${steps}`,
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
