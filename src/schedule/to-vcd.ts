import type { BiasFrame } from '../array/bias.ts';
import { ScheduleError } from '../errors.ts';
import type { Seconds } from '../units.ts';
import { toFemtoseconds } from './femtoseconds.ts';
import type { Operation } from './operation.ts';
import type { Schedule } from './schedule.ts';
import type { Timing } from './timing.ts';
import { intervalFrame, lineNames, restFrame, visitChanges, waveform } from './waveform.ts';

const timescaleUnits = ['fs', 'ps', 'ns', 'us', 'ms', 's'] as const;

/** 100 s, the longest timescale that the format knows, is 10^17 fs. */
const largestTimescale = 17;

/**
 * Draw a schedule as a value change dump, for GTKWave and its like: a `real` for each word line (`w0`, `w1`, ...)
 * and each bit line (`b0`, ...), the position of the running operation, and `program_verify`, which is 1 while a
 * write-verify loop runs whose pulses are not known beforehand (the lines stay at 0 V there).
 *
 * @throws ScheduleError when a time is not a whole number of femtoseconds, because its edge could not be exact
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleToVcd(schedule, { gap: 1e-6 }).includes('$timescale 1 us $end'); // true
 * @source IEEE Std 1364-2005, clause 18, "Value change dump (VCD) files"
 */
export function scheduleToVcd(schedule: Schedule, timing: Timing): string {
  const { geometry } = schedule;
  const timescale = timescaleOf(schedule, timing);
  const tick = 10n ** BigInt(timescale);
  const names = lineNames(geometry);
  const lines = header(timescale, names);
  const shown = { operation: '', marker: '', volts: new Float64Array(names.length).fill(Number.NaN) };

  const show = (at: bigint, operation: string, marker: string, frame: BiasFrame): void => {
    const stamp = lines.push(`#${at / tick}`);
    if (operation !== shown.operation) {
      shown.operation = operation;
      lines.push(`b${operation} ${identifier(0)}`);
    }
    if (marker !== shown.marker) {
      shown.marker = marker;
      lines.push(`${marker}${identifier(1)}`);
    }
    visitChanges(shown.volts, frame, (line, volts) => {
      lines.push(`r${volts} ${identifier(line + 2)}`);
    });
    if (lines.length === stamp && at !== 0n) {
      lines.pop();
    }
  };

  const rest = restFrame(geometry);
  let end = 0n;
  for (const interval of waveform(schedule, timing)) {
    if (interval.start > end) {
      show(end, 'x', '0', rest);
    }
    const loop = interval.operation.kind === 'programVerify';
    show(interval.start, interval.index.toString(2), loop ? '1' : '0', intervalFrame(geometry, interval));
    end = interval.end;
  }
  show(end, 'x', '0', rest);
  return `${lines.join('\n')}\n`;
}

function header(timescale: number, names: readonly string[]): string[] {
  const unit = timescaleUnits[Math.floor(timescale / 3)] ?? 's';
  return [
    '$version ohmloom schedule 1 $end',
    '$comment line voltages in volt; while program_verify is 1 the pulses depend on what the reads find $end',
    `$timescale ${10 ** (timescale % 3)} ${unit} $end`,
    '$scope module crossbar $end',
    `$var integer 32 ${identifier(0)} operation $end`,
    `$var wire 1 ${identifier(1)} program_verify $end`,
    ...names.map((name, line) => `$var real 64 ${identifier(line + 2)} ${name} $end`),
    '$upscope $end',
    '$enddefinitions $end',
  ];
}

/** Identifier codes of the format: the printable characters from ! to ~, as digits of base 94. */
function identifier(index: number): string {
  let rest = index;
  let code = '';
  do {
    code += String.fromCharCode(33 + (rest % 94));
    rest = Math.floor(rest / 94);
  } while (rest > 0);
  return code;
}

/** The power of ten, in femtoseconds, of the coarsest timescale on which every edge is a whole number. */
function timescaleOf(schedule: Schedule, timing: Timing): number {
  let power = Math.min(largestTimescale, trailingZeros(exactFemtoseconds(timing.gap, 'gap')));
  for (const [index, operation] of schedule.operations.entries()) {
    for (const [field, seconds] of timesOf(operation)) {
      power = Math.min(power, trailingZeros(exactFemtoseconds(seconds, `operation ${index}, ${field}`)));
    }
  }
  return power;
}

function timesOf(operation: Operation): (readonly [field: string, seconds: Seconds])[] {
  if (operation.kind === 'wait') {
    return [['seconds', operation.seconds]];
  }
  if (operation.kind === 'programVerify') {
    return [
      ['read.width', operation.read.width],
      ...operation.envelope.pulses.map((pulse) => ['envelope.pulses.width', pulse.width] as const),
    ];
  }
  return [['width', operation.width]];
}

function exactFemtoseconds(seconds: Seconds, field: string): bigint {
  const { femtoseconds, exact } = toFemtoseconds(seconds);
  if (!exact) {
    throw new ScheduleError(
      'vcd-time',
      `schedule, ${field}: found ${seconds} s, expected a whole number of femtoseconds to draw its edge exactly`,
      { hint: 'Round the schedule to the grid of a driver first.', details: { field, found: seconds } },
    );
  }
  return femtoseconds;
}

function trailingZeros(femtoseconds: bigint): number {
  if (femtoseconds === 0n) {
    return largestTimescale;
  }
  const digits = `${femtoseconds}`;
  return digits.length - digits.replace(/0+$/u, '').length;
}
