import { cellAt, cellCount, type Cell, type Geometry } from '../array/geometry.ts';
import type { BiasChoice } from '../array/bias.ts';
import { UsageError } from '../errors.ts';
import type { Operation, PolicyCall, ProgramVerifyOperation } from '../schedule/operation.ts';
import type { Dimensionless, Siemens } from '../units.ts';
import { bindPolicy } from './policy-table.ts';

/** How a whole array is brought to its targets. */
export interface ArrayPlan {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly targets: Float64Array;
  readonly tolerance: Dimensionless;
  readonly policy: PolicyCall;
  readonly setPolarity: 1 | -1;
  readonly read: ProgramVerifyOperation['read'];
  readonly bias: BiasChoice;
  /** Visits of every cell: later ones mend what half-selected pulses did to it after the first. */
  readonly passes: number;
}

/**
 * Lay out a program for an array: one `programVerify` operation per word line and pass, word lines in order, and a
 * read of every word line at the end, after the last half-selected pulse.
 *
 * @throws UsageError when the targets do not fit the geometry or are not positive finite conductances
 */
export function planArray(plan: ArrayPlan): Operation[] {
  checkTargets(plan);
  const envelope = bindPolicy(plan.policy).envelope(plan.setPolarity);
  const operations: Operation[] = [];
  for (let pass = 0; pass < plan.passes; pass++) {
    for (let word = 0; word < plan.geometry.wordLines; word++) {
      const cells = wordLineCells(plan.geometry, word);
      operations.push({
        kind: 'programVerify',
        cells,
        targets: cells.map((cell) => targetOf(plan, cell)),
        tolerance: plan.tolerance,
        policy: plan.policy,
        read: plan.read,
        bias: plan.bias,
        envelope,
      });
    }
  }
  return [...operations, ...planReadout(plan.geometry, plan.read)];
}

/** Read every cell, one operation per word line. */
export function planReadout(geometry: Geometry, read: ArrayPlan['read']): Operation[] {
  return Array.from({ length: geometry.wordLines }, (_, word) => ({
    kind: 'read',
    cells: wordLineCells(geometry, word),
    ...read,
  }));
}

function wordLineCells(geometry: Geometry, word: number): Cell[] {
  return Array.from({ length: geometry.bitLines }, (_, bit) => ({ word, bit }));
}

function targetOf({ geometry, targets }: ArrayPlan, { word, bit }: Cell): Siemens {
  return targets[word * geometry.bitLines + bit]!;
}

function checkTargets({ geometry, targets }: ArrayPlan): void {
  if (targets.length !== cellCount(geometry)) {
    throw new UsageError(
      'targets-shape',
      `targets: found ${targets.length} values, expected ${geometry.wordLines} x ${geometry.bitLines}`,
    );
  }
  const wrong = targets.findIndex((target) => !(Number.isFinite(target) && target > 0));
  if (wrong >= 0) {
    const { word, bit } = cellAt(geometry, wrong);
    throw new UsageError(
      'targets-value',
      `targets: found ${targets[wrong]} at [${word}, ${bit}], expected a positive finite conductance in siemens`,
    );
  }
}
