import { bindPolicy, type BoundPolicy } from '../programming/policy-table.ts';
import type { ProgramVerifyOperation, PulseOperation, ReadOperation } from '../schedule/operation.ts';
import type { Siemens } from '../units.ts';
import type {
  Backend,
  CellResult,
  CheckedProgram,
  Cost,
  ProgramVerifyResult,
  PulseResult,
  ReadResult,
} from './backend.ts';
import { CellLoop } from './cell-loop.ts';
import { addCost, noCost } from './cost.ts';
import { cellTask, type DeviceKnowledge } from './device-knowledge.ts';
import { ResponseGuard } from './response-guard.ts';

export interface ExpansionOptions {
  readonly backend: Backend;
  readonly program: CheckedProgram;
  readonly device: DeviceKnowledge;
  /** Position of the operation in the schedule. */
  readonly index: number;
  readonly operation: ProgramVerifyOperation;
}

/**
 * Run a write-verify loop pulse by pulse on a backend that cannot run it by itself. The policy, the envelope and
 * the guards are those that a backend uses that can, so both give the same pulses.
 */
export async function expandProgramVerify(options: ExpansionOptions): Promise<ProgramVerifyResult> {
  const policy = bindPolicy(options.operation.policy);
  const cells: CellResult[] = [];
  let cost = noCost;
  for (const position of options.operation.cells.keys()) {
    const expanded = await expandCell(options, policy, position);
    cells.push(expanded.result);
    cost = addCost(cost, expanded.cost);
  }
  return { kind: 'programVerify', cells, cost };
}

/**
 * Run the write-verify loop of one cell of an operation pulse by pulse.
 *
 * @param position - of the cell in the operation
 * @param known - what a read of the cell has just found: it answers the loop's first read
 */
export async function expandCell(
  { backend, program, device, index, operation }: ExpansionOptions,
  policy: BoundPolicy,
  position: number,
  known?: Siemens,
): Promise<{ result: CellResult; cost: Cost }> {
  const cell = operation.cells[position]!;
  const task = cellTask(device, operation, position);
  const guard = new ResponseGuard(
    program.safeOperatingArea.response,
    cell,
    device.setPolarity,
    operation.tolerance,
  );
  const loop = new CellLoop(cell, task, policy.run(task), operation.envelope, guard);
  let cost = noCost;
  const readBack: ReadOperation = { kind: 'read', cells: [cell], ...operation.read };
  const take = (read: ReadResult | PulseResult): void => {
    loop.read(read.kind === 'read' ? read.readings[0]!.conductance : Number.NaN);
    cost = addCost(cost, read.cost);
  };
  let step = loop.next();
  if (step === 'read' && known !== undefined) {
    loop.read(known);
    step = loop.next();
  }
  while (step !== undefined) {
    if (step === 'read') {
      take(await backend.executeStep(index, readBack));
      step = loop.next();
      continue;
    }
    const pulse: PulseOperation = { kind: 'pulse', cell, ...step, bias: operation.bias };
    // A policy learns nothing from a pulse, so what it wants next is known before the pulse is made.
    step = loop.next();
    const together = step === 'read' ? await backend.executePulseRead?.(index, pulse, readBack) : undefined;
    const applied = together?.pulse ?? (await backend.executeStep(index, pulse));
    loop.pulsed({ volts: applied.volts, width: applied.width });
    cost = addCost(cost, applied.cost);
    if (together !== undefined) {
      take(together.read);
      step = loop.next();
    }
  }
  return { result: loop.result(), cost };
}
