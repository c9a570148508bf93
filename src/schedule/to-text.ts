import type { BiasChoice } from '../array/bias.ts';
import { type Cell, cellName } from '../array/geometry.ts';
import { formatQuantity } from '../quantity.ts';
import type { Seconds, Volts } from '../units.ts';
import type { Operation, ProgramVerifyOperation } from './operation.ts';
import type { Schedule } from './schedule.ts';
import { scheduleTimes, type Timing } from './timing.ts';

const columnWidths = [14, 7, 15, 12, 10, 10];

/**
 * Write a schedule for people: one operation a line with its start time. Lines that begin with spaces belong to the
 * operation above: the cells of a read, the lines of a frame, the policy and the targets of a `programVerify`.
 *
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleToText(schedule, { gap: 1e-6 }).split('\n')[2]; // the start, number and kind of operation 0
 */
export function scheduleToText(schedule: Schedule, timing: Timing): string {
  const { geometry, operations } = schedule;
  const times = scheduleTimes(schedule, timing);
  const lines = [
    `ohmloom-schedule 1: ${geometry.wordLines} word lines x ${geometry.bitLines} bit lines, ` +
      `${operations.length} operations, at most ${time(times.at(-1)?.end ?? 0)}`,
    row(['start', 'id', 'kind', 'cell', 'volts', 'width', 'bias']),
  ];
  for (const [id, operation] of operations.entries()) {
    lines.push(row([time(times[id]?.start ?? 0), `#${id}`, operation.kind, ...columnsOf(operation)]));
    for (const detail of detailsOf(operation)) {
      lines.push(`    ${detail}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Cell, volts, width, bias. */
function columnsOf(operation: Operation): string[] {
  if (operation.kind === 'wait') {
    return ['-', volts(0), time(operation.seconds), '-'];
  }
  if (operation.kind === 'frame') {
    return [operation.sense ? 'sense' : '-', '-', time(operation.width), '-'];
  }
  if (operation.kind === 'programVerify') {
    return [cellsText(operation.cells), '-', '-', biasText(operation.bias)];
  }
  const cells = operation.kind === 'pulse' ? [operation.cell] : operation.cells;
  return [cellsText(cells), volts(operation.volts), time(operation.width), biasText(operation.bias)];
}

function detailsOf(operation: Operation): string[] {
  if (operation.kind === 'frame') {
    return [
      `word lines ${operation.wordVolts.map(volts).join(', ')}`,
      `bit lines ${operation.bitVolts.map(volts).join(', ')}`,
    ];
  }
  if (operation.kind === 'programVerify') {
    return [...loopText(operation), ...targetsText(operation)];
  }
  return operation.kind === 'read' && operation.cells.length > 1
    ? [`cells ${operation.cells.map(cellName).join(', ')}`]
    : [];
}

function loopText({ policy, tolerance, read, envelope }: ProgramVerifyOperation): string[] {
  const pulses = envelope.pulses.map((pulse) => `${volts(pulse.volts)} ${time(pulse.width)}`);
  return [
    `policy ${policy.name} ${JSON.stringify(policy.parameters)}, tolerance ${tolerance}`,
    `reads ${volts(read.volts)} ${time(read.width)} ${biasText(read.bias)}, at most ${envelope.maxReads} a cell`,
    `pulses at most ${envelope.maxPulses} a cell, of: ${pulses.join(', ')}`,
  ];
}

function targetsText({ cells, targets }: ProgramVerifyOperation): string[] {
  return cells.map((cell, position) => {
    const target = targets[position] ?? Number.NaN;
    return `${cellName(cell)} to ${formatQuantity(target, 'conductance')}`;
  });
}

function row(columns: readonly string[]): string {
  return columns
    .map((column, position) => {
      const width = columnWidths[position];
      return width === undefined ? column : `${column.padEnd(width - 1)} `;
    })
    .join('')
    .trimEnd();
}

function cellsText(cells: readonly Cell[]): string {
  const [first] = cells;
  return first !== undefined && cells.length === 1 ? cellName(first) : `${cells.length} cells`;
}

function biasText(bias: BiasChoice): string {
  return typeof bias === 'string'
    ? bias
    : `${bias.name}(${bias.selectedWord} ${bias.selectedBit} ${bias.unselectedWord} ${bias.unselectedBit})`;
}

function volts(value: Volts): string {
  return formatQuantity(value, 'voltage');
}

function time(value: Seconds): string {
  return formatQuantity(value, 'time');
}
