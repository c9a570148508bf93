import { ScheduleError } from '../../src/errors.ts';
import { formatQuantity } from '../../src/quantity.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { toFemtoseconds } from '../../src/schedule/femtoseconds.ts';
import { roundSchedule } from '../../src/schedule/round-operation.ts';
import type { Certificate, SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import type { Timing } from '../../src/schedule/timing.ts';
import { requireMatchingCertificate } from '../../src/schedule/verify.ts';
import { defaultBoard, requireBoard, type SequencerBoard } from './board.ts';
import { boardSource } from './board-source.ts';
import { expectedActivity } from './expected-activity.ts';
import { actsHex, frameHex, samplesHex, tableHex } from './hex-files.ts';
import { pulseTable, type PulseTable } from './pulse-table.ts';
import { registerDefinitions, registerHeader } from './register-definitions.ts';
import { registerPage } from './register-page.ts';
import { benchModules, linkModules, propertyFiles, rtlModules, rtlSource } from './rtl-sources.ts';
import { sealedLimits } from './sealed-limits.ts';
import { minimumGapClocks, sequencerParameters, type SequencerParameters } from './sequencer-parameters.ts';
import { testbench } from './testbench.ts';

/** A certified schedule, the controller that it was certified for, and the board that is to run it. */
export interface SequencerOptions {
  readonly schedule: Schedule;
  readonly certificate: Certificate;
  readonly safeOperatingArea: SafeOperatingArea;
  readonly driver: DriverGrid;
  readonly timing: Timing;
  /** What differs from `defaultBoard(driver)`. */
  readonly board?: Partial<SequencerBoard>;
}

/** Most entries that 16 bits can count. */
const mostEntries = 0xffff;

/**
 * Write the pulse sequencer for a schedule: Verilog with the parameters filled in, the pulse table, a test bench that
 * compares the lines with the schedule's own timing, and the register map for people and for C.
 *
 * `iverilog -g2012 -o bench -f testbench.f && vvp bench`, in the folder of the files, prints `pass`.
 *
 * @returns the text of each file by its name
 * @throws ScheduleError when the certificate does not match, or for what the table or the board cannot do
 * @throws ConfigError for a board that cannot be built
 * @example
 * const files = emitSequencer({ schedule, certificate, safeOperatingArea, driver, timing: { gap: 1e-5 } });
 */
export function emitSequencer(options: SequencerOptions): Map<string, string> {
  const { driver, timing, safeOperatingArea } = options;
  const board = { ...defaultBoard(driver), ...options.board };
  requireBoard(board, driver);
  const certified = requireMatchingCertificate(
    options.schedule,
    options.certificate,
    safeOperatingArea,
    driver,
  );
  const { geometry } = certified;
  const schedule = roundSchedule(certified, driver);
  const table = pulseTable(schedule, driver, timing);
  const tableEntries = board.tableEntries ?? table.entries.length;
  const parameters = sequencerParameters(geometry, driver, board, {
    tableEntries,
    frameRows: Math.max(1, table.frameRows.length),
  });
  requireRoom(table, Math.min(tableEntries, mostEntries));
  requireTimes(table, parameters, driver, timing);
  requireCodes(table, parameters);
  const activity = expectedActivity(schedule, driver, timing);
  const period = toFemtoseconds(driver.stepWidth / board.clocksPerTick).femtoseconds;
  return new Map([
    ...[...rtlModules, ...linkModules].map((name): [string, string] => [
      `${name}.sv`,
      rtlSource('rtl', `${name}.sv`),
    ]),
    ...propertyFiles.map((name): [string, string] => [name, rtlSource('properties', name)]),
    ...benchModules.map((name): [string, string] => [`${name}.sv`, rtlSource('bench', `${name}.sv`)]),
    ['sequencer_registers.svh', registerDefinitions()],
    ['sequencer_board.sv', boardSource(parameters)],
    ['pulse_table.hex', tableHex(table)],
    ['frames.hex', frameHex(table)],
    [
      'sequencer_testbench.sv',
      testbench({
        geometry,
        parameters,
        limits: sealedLimits(safeOperatingArea, driver, geometry, table.entries.length),
        acts: activity.acts.length,
        samples: activity.samples.length,
        ticks: totalTicks(table),
        halfFemtoseconds: period / 2n,
      }),
    ],
    ['expected_acts.hex', actsHex(activity)],
    ['expected_samples.hex', samplesHex(activity)],
    ['testbench.f', sourceList([...rtlModules, ...benchModules, 'sequencer_testbench'])],
    ['board.f', sourceList([...rtlModules, ...linkModules, 'sequencer_board'])],
    ['registers.md', registerPage()],
    ['ohmloom_sequencer.h', registerHeader()],
  ]);
}

function sourceList(modules: readonly string[]): string {
  return `${modules.map((name) => `${name}.sv`).join('\n')}\n`;
}

function totalTicks({ entries }: PulseTable): number {
  return entries.reduce((sum, { widthTicks, gapTicks }) => sum + widthTicks + gapTicks, 0);
}

function requireRoom({ entries }: PulseTable, allowed: number): void {
  if (entries.length > allowed) {
    throw new ScheduleError(
      'sequencer-table',
      `schedule: found ${entries.length} acts, the pulse table holds ${allowed}`,
      { hint: 'Split the schedule.', details: { found: entries.length, allowed } },
    );
  }
}

/** The next act must be ready in the gap, and an act that senses must last until its samples are taken. */
function requireTimes(
  { entries, sources }: PulseTable,
  parameters: SequencerParameters,
  driver: DriverGrid,
  timing: Timing,
): void {
  const least = Math.ceil(minimumGapClocks(parameters) / parameters.CLOCKS_PER_TICK);
  const time = (ticks: number): string => formatQuantity(ticks * driver.stepWidth, 'time', 4);
  const gapTicks = entries[0]?.gapTicks ?? 0;
  if (entries.length > 1 && gapTicks < least) {
    throw new ScheduleError(
      'sequencer-gap',
      `gap: found ${formatQuantity(timing.gap, 'time')}, this sequencer needs ${time(least)} to get the next act ready`,
      {
        hint: 'Make the gap longer, or give the board more clocks per tick or faster settling.',
        details: { found: timing.gap, allowed: least * driver.stepWidth },
      },
    );
  }
  for (const [position, { sense, kind, widthTicks }] of entries.entries()) {
    const needed = kind === 'frame' ? parameters.SENSE_TICKS_FRAME : parameters.SENSE_TICKS_CELL;
    if (sense && widthTicks <= needed) {
      throw new ScheduleError(
        'sequencer-sense',
        `${sources[position]}: found a width of ${time(widthTicks)}, the ADC needs more than ${time(needed)}`,
        { hint: 'Read for longer; a frame samples its bit lines one after the other.' },
      );
    }
  }
}

/** What a DAC cannot hold would be refused on the board; say so here. */
function requireCodes({ entries, sources }: PulseTable, { ZERO_CODE, DAC_BITS }: SequencerParameters): void {
  const least = -ZERO_CODE;
  const most = 2 ** DAC_BITS - 1 - ZERO_CODE;
  for (const [position, { codes }] of entries.entries()) {
    const beyond = Object.values(codes).find((code) => code < least || code > most);
    if (beyond !== undefined) {
      throw new ScheduleError(
        'sequencer-code',
        `${sources[position]}: found a line at code ${beyond}, the DACs have ${least} to ${most}`,
        { hint: 'Describe the DACs of the board: dacBits and zeroCode.' },
      );
    }
  }
}
