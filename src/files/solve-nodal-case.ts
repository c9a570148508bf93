import type { Circuit } from '../circuit/circuit.ts';
import { type Drive, isWordEnd, type LineEnd, lineEnds } from '../circuit/line-ends.ts';
import type { NodalSolution } from '../circuit/nodal-solution.ts';
import { connectSources } from '../circuit/nodal-system.ts';
import { solveCircuit, type SolveOptions } from '../circuit/solve-circuit.ts';
import { UsageError } from '../errors.ts';
import { circuitOf, type NodalCase } from './nodal-case.ts';

/** Solution of one vector of sources, as plain JSON. */
export interface NodalCaseVector {
  /** Current that leaves the array into each source, ampere; null for an open side. */
  readonly currentIntoEnd: Readonly<Record<LineEnd, readonly number[] | null>>;
  /** [wordLines][bitLines], volt. */
  readonly wordNodeVolts: readonly (readonly number[])[];
  readonly bitNodeVolts: readonly (readonly number[])[];
  /** Largest sum of currents at any node, ampere. */
  readonly kclResidual: number;
  readonly method: NodalSolution['method'];
  readonly iterations: number;
}

export interface NodalCaseAnswer {
  readonly vectors: readonly NodalCaseVector[];
}

/**
 * Solve every vector of a nodal case.
 *
 * @param name - how to call the case in an error
 * @throws UsageError for a matrix that is ragged or of another size, a wrong number of voltages, lines without a path
 *   to a source, a path without resistance between sources, or more cells than the memory holds
 * @example
 * solveNodalCase(parseNodalCase(text, 'case.json'), 'case.json').vectors[0]?.currentIntoEnd.bitBottom;
 */
export function solveNodalCase(given: NodalCase, name: string, options: SolveOptions = {}): NodalCaseAnswer {
  const circuit = naming(name, () => circuitOf(given));
  return {
    vectors: given.vectors.map(({ ends }, index) =>
      naming(`${name}, vectors[${index}]`, () =>
        answerOf(circuit, ends, solveCircuit(connectSources(circuit, ends), options)),
      ),
    ),
  };
}

function answerOf({ geometry }: Circuit, drive: Drive, solution: NodalSolution): NodalCaseVector {
  const { wordLines, bitLines } = geometry;
  const matrix = (values: Float64Array) =>
    Array.from({ length: wordLines }, (_, word) => [
      ...values.subarray(word * bitLines, (word + 1) * bitLines),
    ]);
  const currents = (side: LineEnd) => {
    if (drive[side] === null) {
      return null;
    }
    return [...(solution.currentIntoEnd[side] ?? new Float64Array(isWordEnd(side) ? wordLines : bitLines))];
  };
  const [wordLeft, wordRight, bitTop, bitBottom] = lineEnds.map(currents);
  return {
    currentIntoEnd: {
      wordLeft: wordLeft ?? null,
      wordRight: wordRight ?? null,
      bitTop: bitTop ?? null,
      bitBottom: bitBottom ?? null,
    },
    wordNodeVolts: matrix(solution.wordNodeVolts),
    bitNodeVolts: matrix(solution.bitNodeVolts),
    kclResidual: solution.kclResidual,
    method: solution.method,
    iterations: solution.iterations,
  };
}

/** Put the place into the message of an error about the case. */
function naming<Result>(where: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    const { code, message, hint, details } = error;
    throw new UsageError(code, `${where}: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      details,
      cause: error,
    });
  }
}
