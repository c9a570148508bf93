import { bindPolicy } from '../programming/policy-table.ts';
import type { ProgramVerifyOperation } from '../schedule/operation.ts';
import type { Backend, CellResult, CheckedProgram, Cost, ProgramVerifyResult } from './backend.ts';
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
  const cells: CellResult[] = [];
  let cost = noCost;
  for (const position of options.operation.cells.keys()) {
    const expanded = await expandCell(options, position);
    cells.push(expanded.result);
    cost = addCost(cost, expanded.cost);
  }
  return { kind: 'programVerify', cells, cost };
}

async function expandCell(
  { backend, program, device, index, operation }: ExpansionOptions,
  position: number,
): Promise<{ result: CellResult; cost: Cost }> {
  const cell = operation.cells[position]!;
  const task = cellTask(device, operation, position);
  const guard = new ResponseGuard(
    program.safeOperatingArea.response,
    cell,
    device.setPolarity,
    operation.tolerance,
  );
  const loop = new CellLoop(cell, task, bindPolicy(operation.policy).run(task), operation.envelope, guard);
  let cost = noCost;
  for (let step = loop.next(); step !== undefined; step = loop.next()) {
    if (step === 'read') {
      const read = await backend.executeStep(index, { kind: 'read', cells: [cell], ...operation.read });
      loop.read(read.kind === 'read' ? read.readings[0]!.conductance : Number.NaN);
      cost = addCost(cost, read.cost);
    } else {
      const pulse = await backend.executeStep(index, { kind: 'pulse', cell, ...step, bias: operation.bias });
      loop.pulsed({ volts: pulse.volts, width: pulse.width });
      cost = addCost(cost, pulse.cost);
    }
  }
  return { result: loop.result(), cost };
}
