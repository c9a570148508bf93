import { type BiasChoice, resolveBias } from '../array/bias.ts';
import { type Cell, cellIndex } from '../array/geometry.ts';
import type { Seconds, Volts } from '../units.ts';
import { checkAct, checkLineCurrent, checkLines, checkWidth } from './act-limits.ts';
import type { Compilation } from './compilation.ts';
import { roundVolts, roundWidth } from './driver-grid.ts';
import { checkEndurance } from './endurance-check.ts';
import type { LoopPolarity } from './endurance-ledger.ts';
import type { ProgramVerifyOperation, PulseOperation, ReadOperation } from './operation.ts';
import { roundedAway } from './rounded-away.ts';
import { busiestLine, selectionStress } from './selection-stress.ts';
import { loopTicks, ticksOf, type VictimTicks, victimTicks } from './victim-ticks.ts';

/** An operation that selects cells, one after the other, under a bias scheme. */
export type SelectingOperation = PulseOperation | ReadOperation | ProgramVerifyOperation;

interface Asked {
  readonly volts: Volts;
  readonly width: Seconds;
  readonly bias: BiasChoice;
}

/** The cells that an operation selects. */
export function selectedCells(operation: SelectingOperation): readonly Cell[] {
  return operation.kind === 'pulse' ? [operation.cell] : operation.cells;
}

/**
 * Compare a pulse, a read or a write-verify loop with the limits, and book what it does to every cell.
 *
 * @throws ScheduleError at the first limit that it crosses
 */
export function checkSelecting(position: number, operation: SelectingOperation, run: Compilation): void {
  const ticks = checkActs(position, operation, run);
  for (const [bin, ledger] of run.halfSelect.entries()) {
    for (const cell of selectedCells(operation)) {
      ledger.bookSelection(cell, ticks[bin]!);
    }
  }
  bookEndurance(position, operation, run);
}

/**
 * Compare every pulse and read of an operation with the limits of a single act. The targets of a loop are no acts: one
 * that the owner does not accept is an unreachable cell, not a wrong program.
 *
 * @returns what one of its cells costs the others, for each bin of the half-select budget
 */
export function checkActs(position: number, operation: SelectingOperation, run: Compilation): VictimTicks[] {
  const at = { operation: position, cell: selectedCells(operation)[0]! };
  if (operation.kind !== 'programVerify') {
    return checkSelection(operation.kind, operation, at, run);
  }
  const { envelope, bias, read } = operation;
  const pulses = envelope.pulses.map((pulse) => checkSelection('pulse', { ...pulse, bias }, at, run));
  return loopTicks(envelope, pulses, checkSelection('read', read, at, run));
}

/** A selection that was compared before has nothing new to say, whatever its cell. */
function checkSelection(
  kind: 'pulse' | 'read',
  asked: Asked,
  at: { readonly operation: number; readonly cell: Cell },
  run: Compilation,
): VictimTicks[] {
  const scheme = typeof asked.bias === 'string' ? asked.bias : JSON.stringify(asked.bias);
  const key = `${kind} ${asked.volts} ${asked.width} ${scheme}`;
  let ticks = run.selections.get(key);
  if (ticks === undefined) {
    ticks = checkNewSelection(kind, asked, at, run);
    run.selections.set(key, ticks);
  }
  return ticks;
}

function checkNewSelection(
  kind: 'pulse' | 'read',
  asked: Asked,
  at: { readonly operation: number; readonly cell: Cell },
  { schedule, soa, driver, limits }: Compilation,
): VictimTicks[] {
  const volts = roundVolts(driver, asked.volts);
  const width = roundWidth(driver, asked.width);
  if (width === 0) {
    throw roundedAway(at, 'driver.stepWidth', asked.width, driver.stepWidth, 'time');
  }
  const stress = selectionStress(schedule.geometry, resolveBias(asked.bias), volts, driver);
  if (!stress.acts) {
    throw roundedAway(at, 'driver.stepVolts', asked.volts, driver.stepVolts, 'voltage');
  }
  checkLines(stress.lines, driver.errorVolts, at, limits);
  checkWidth({ ...at, kind, width }, limits);
  checkAct({ ...at, kind, width, polarity: volts > 0 ? 1 : -1, magnitude: stress.selected }, soa, limits);
  for (const victim of [stress.sameWord, stress.sameBit, stress.elsewhere]) {
    if (victim !== null) {
      limits.check('voltage.unselected', victim, at);
    }
  }
  checkLineCurrent(busiestLine(schedule.geometry, stress), at, soa, limits);
  return victimTicks(stress, ticksOf(width, driver), soa.halfSelect);
}

function bookEndurance(
  position: number,
  operation: SelectingOperation,
  { schedule, endurance, limits }: Compilation,
): void {
  const { geometry } = schedule;
  switch (operation.kind) {
    case 'pulse':
      endurance.bookPulse(cellIndex(geometry, operation.cell), operation.volts > 0 ? 1 : -1);
      break;
    case 'read':
      for (const cell of operation.cells) {
        endurance.bookRead(cellIndex(geometry, cell));
      }
      break;
    case 'programVerify': {
      const { maxPulses, maxReads } = operation.envelope;
      const polarity = loopPolarity(operation);
      for (const cell of operation.cells) {
        endurance.bookLoop(cellIndex(geometry, cell), maxPulses, maxReads, polarity);
      }
    }
  }
  const touched = { pulses: operation.kind !== 'read', reads: operation.kind !== 'pulse' };
  checkEndurance(position, touched, geometry, endurance, limits);
}

function loopPolarity({ envelope }: ProgramVerifyOperation): LoopPolarity {
  const positive = envelope.pulses.some(({ volts }) => volts > 0);
  const negative = envelope.pulses.some(({ volts }) => volts < 0);
  if (positive && negative) {
    return 'both';
  }
  return negative ? -1 : 1;
}
