import type { CellTask, Predict } from '../programming/policy.ts';
import type { ProgramVerifyOperation } from '../schedule/operation.ts';
import type { Siemens } from '../units.ts';

/** What a write-verify loop must know of the device, whoever runs the loop. */
export interface DeviceKnowledge {
  /** Conductances that the device can take. */
  readonly range: { readonly min: Siemens; readonly max: Siemens };
  /** Sign of the voltage that raises the conductance. */
  readonly setPolarity: 1 | -1;
  /** Conductance after a pulse, by the device model, where there is one. */
  readonly predict?: Predict;
}

/** The task of one cell of a `programVerify` operation. */
export function cellTask(
  device: DeviceKnowledge,
  operation: ProgramVerifyOperation,
  position: number,
): CellTask {
  const { range, setPolarity, predict } = device;
  const target = operation.targets[position]!;
  const { tolerance } = operation;
  return predict === undefined
    ? { target, tolerance, range, setPolarity }
    : { target, tolerance, range, setPolarity, predict };
}
