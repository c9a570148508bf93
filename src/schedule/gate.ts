import { type BiasChoice, resolveBias } from '../array/bias.ts';
import { type Cell, cellCount, cellIndex, cellName, containsCell } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import type { Seconds, Volts } from '../units.ts';
import type { DriverGrid } from './driver-grid.ts';
import { parseDriverGrid } from './driver-grid-schema.ts';
import { isHeldValue, sameBias, sameCells } from './gate-comparison.ts';
import { brokenLimit, type LineState } from './gate-limits.ts';
import type {
  FrameOperation,
  Operation,
  ProgramVerifyOperation,
  PulseOperation,
  ReadOperation,
} from './operation.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';
import { parseSafeOperatingArea } from './safe-operating-area-schema.ts';
import type { Schedule } from './schedule.ts';

/** What a gate stands in front of: a schedule whose certificate was compared, and its limits. */
export interface GatedProgram {
  readonly schedule: Schedule;
  readonly safeOperatingArea: SafeOperatingArea;
}

interface Held {
  readonly volts: Volts;
  readonly width: Seconds;
}

/** A write-verify loop that runs step by step, with what each of its cells has had. */
interface Loop {
  readonly operation: ProgramVerifyOperation;
  readonly cells: Map<number, { pulses: number; reads: number }>;
  /** Steps that passed: the same numbers pass again, for any cell that the operation names. */
  readonly passed: PassedStep[];
}

/** Numbers that were compared with the envelope and the limits; its bias is one that has a name. */
interface PassedStep extends Held {
  readonly kind: 'pulse' | 'read';
  readonly bias: string;
}

/**
 * The last check before an act. It looks at the concrete numbers that would go into the registers, compares them with
 * the schedule and with the limits, and counts what each cell has had. On purpose it shares no code with `certify`:
 * an error in one is caught by the other.
 *
 * A schedule runs forward and nothing is done twice: an operation that was admitted is not admitted again.
 *
 * @example
 * const safeOperatingArea = readSafeOperatingArea(parse(readFileSync('examples/soa-tiox.yaml', 'utf8')));
 * const driver = {
 *   minVolts: -1, maxVolts: 1, stepVolts: 0.01, minWidth: 1e-8, maxWidth: 1, stepWidth: 1e-8, errorVolts: 0.002,
 * };
 * const pulse = { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: 0.804, width: 1e-5, bias: 'half' } as const;
 * const schedule = createSchedule({ wordLines: 2, bitLines: 2 }, [pulse]);
 * const gate = new Gate({ schedule, safeOperatingArea }, driver);
 * gate.admit(0, roundOperation(pulse, driver)); // throws when it must not happen
 */
export class Gate {
  readonly #program: GatedProgram;
  readonly #driver: DriverGrid;
  readonly #pulses: Float64Array;
  readonly #reads: Float64Array;
  #current = -1;
  #loop: Loop | null = null;

  /**
   * @param program - with the copy of the schedule that `requireMatchingCertificate` returns; of the limits and the
   * driver the gate keeps its own copy
   * @throws ConfigError when the limits or the driver are not complete
   */
  constructor(program: GatedProgram, driver: DriverGrid) {
    const cells = cellCount(program.schedule.geometry);
    const safeOperatingArea = parseSafeOperatingArea(program.safeOperatingArea);
    this.#program = { schedule: program.schedule, safeOperatingArea };
    this.#driver = parseDriverGrid(driver);
    this.#pulses = new Float64Array(cells);
    this.#reads = new Float64Array(cells);
  }

  /**
   * Admit a whole operation, once. For a `programVerify` that the backend runs by itself, each cell is charged with
   * all that the envelope allows.
   *
   * @param held - the operation with the numbers that the registers will hold
   * @throws ScheduleError when it is not what the schedule asks for next, or crosses a limit
   */
  admit(position: number, held: Operation): void {
    const asked = this.#start(position);
    this.#loop = null;
    if (asked.kind === 'pulse' && held.kind === 'pulse') {
      this.#requireSame(position, sameCells([asked.cell], [held.cell]), 'cell');
      this.#requireSelection(position, asked, held);
      this.#charge(position, held.cell, 1, 0);
    } else if (asked.kind === 'read' && held.kind === 'read') {
      this.#requireSame(position, sameCells(asked.cells, held.cells), 'cells');
      this.#requireSelection(position, asked, held);
      for (const cell of held.cells) {
        this.#charge(position, cell, 0, 1);
      }
    } else if (asked.kind === 'frame' && held.kind === 'frame') {
      this.#admitFrame(position, asked, held);
    } else if (asked.kind === 'programVerify' && held.kind === 'programVerify') {
      this.#admitLoop(position, asked, held);
    } else {
      const same = asked.kind === 'wait' && held.kind === 'wait' && asked.seconds === held.seconds;
      this.#requireSame(position, same, 'kind');
    }
  }

  /**
   * Admit one pulse or read of a `programVerify` that is run step by step.
   *
   * @param held - the step with the numbers that the registers will hold
   * @throws ScheduleError when the step is outside the envelope of the operation, or crosses a limit
   */
  admitStep(position: number, held: PulseOperation | ReadOperation): void {
    const loop = this.#loopAt(position);
    const { operation, cells } = loop;
    if (!loop.passed.some((step) => isSameStep(step, held))) {
      this.#requireStep(position, loop, held);
    }
    for (const cell of held.kind === 'pulse' ? [held.cell] : held.cells) {
      const had = cells.get(this.#indexOf(position, cell));
      if (had === undefined) {
        throw refused(position, cell, 'the operation does not name this cell');
      }
      had.pulses += held.kind === 'pulse' ? 1 : 0;
      had.reads += held.kind === 'read' ? 1 : 0;
      const { maxPulses, maxReads } = operation.envelope;
      if (had.pulses > maxPulses || had.reads > maxReads) {
        throw refused(
          position,
          cell,
          `the envelope allows ${maxPulses} pulses and ${maxReads} reads of a cell`,
        );
      }
      this.#charge(position, cell, held.kind === 'pulse' ? 1 : 0, held.kind === 'read' ? 1 : 0);
    }
  }

  /** Compare the numbers of a step with the envelope and the limits, and note them if its bias has a name. */
  #requireStep(position: number, { operation, passed }: Loop, held: PulseOperation | ReadOperation): void {
    const choices: readonly Held[] = held.kind === 'pulse' ? operation.envelope.pulses : [operation.read];
    const asked = choices.find((choice) => this.#holds(choice, held));
    if (asked === undefined) {
      const first = held.kind === 'pulse' ? held.cell : (held.cells[0] ?? null);
      throw refused(position, first, `the envelope has no ${held.kind} like this`);
    }
    const bias = held.kind === 'pulse' ? operation.bias : operation.read.bias;
    this.#requireSelection(position, { ...asked, kind: held.kind, bias }, held);
    if (typeof held.bias === 'string') {
      passed.push({ kind: held.kind, volts: held.volts, width: held.width, bias: held.bias });
    }
  }

  #start(position: number): Operation {
    const asked = this.#program.schedule.operations[position];
    if (asked === undefined) {
      throw refused(position, null, 'the schedule has no such operation');
    }
    if (position <= this.#current) {
      throw refused(
        position,
        null,
        `operation ${this.#current} was admitted before, and a schedule runs forward`,
      );
    }
    this.#current = position;
    return asked;
  }

  #loopAt(position: number): Loop {
    if (this.#loop !== null && position === this.#current) {
      return this.#loop;
    }
    const operation = this.#start(position);
    if (operation.kind !== 'programVerify') {
      throw refused(position, null, `a ${operation.kind} has no steps`);
    }
    const cells = new Map(
      operation.cells.map((cell) => [this.#indexOf(position, cell), { pulses: 0, reads: 0 }]),
    );
    this.#loop = { operation, cells, passed: [] };
    return this.#loop;
  }

  #admitLoop(position: number, asked: ProgramVerifyOperation, held: ProgramVerifyOperation): void {
    const { maxPulses, maxReads, pulses } = asked.envelope;
    const same =
      sameCells(asked.cells, held.cells) &&
      pulses.length === held.envelope.pulses.length &&
      maxPulses === held.envelope.maxPulses &&
      maxReads === held.envelope.maxReads;
    this.#requireSame(position, same, 'cells and envelope');
    for (const [choice, pulse] of pulses.entries()) {
      this.#requireSelection(
        position,
        { ...pulse, kind: 'pulse', bias: asked.bias },
        { ...held.envelope.pulses[choice]!, bias: held.bias },
      );
    }
    this.#requireSelection(position, { ...asked.read, kind: 'read' }, held.read);
    for (const cell of held.cells) {
      this.#charge(position, cell, maxPulses, maxReads);
    }
  }

  #admitFrame(position: number, asked: FrameOperation, held: FrameOperation): void {
    const { schedule, safeOperatingArea } = this.#program;
    const { wordVolts, bitVolts, sense, width } = held;
    const lines = [...asked.wordVolts, ...asked.bitVolts];
    const codes = [...wordVolts, ...bitVolts];
    const same =
      asked.sense === sense &&
      wordVolts.length === schedule.geometry.wordLines &&
      bitVolts.length === schedule.geometry.bitLines &&
      codes.every((code, line) => isHeldValue(lines[line] ?? Number.NaN, code, this.#driver.stepVolts)) &&
      isHeldValue(asked.width, width, this.#driver.stepWidth);
    this.#requireSame(position, same, 'lines');
    const { stepVolts, errorVolts } = this.#driver;
    const quiet = safeOperatingArea.voltage.unselected - 2 * errorVolts;
    const addresses = (_word: number, _bit: number, volts: Volts): boolean =>
      Math.abs(volts) > stepVolts / 2 && (sense || Math.abs(volts) > quiet + stepVolts / 1000);
    const kind = sense ? 'read' : 'pulse';
    const wordCounts = wordVolts.map(() => 1);
    const bitCounts = bitVolts.map(() => 1);
    this.#requireInside(position, { kind, wordVolts, bitVolts, wordCounts, bitCounts, width, addresses });
    for (const [word, volts] of wordVolts.entries()) {
      for (const [bit, against] of bitVolts.entries()) {
        if (addresses(word, bit, volts - against)) {
          this.#charge(position, { word, bit }, sense ? 0 : 1, sense ? 1 : 0);
        }
      }
    }
  }

  /** Compare what would be held with what was asked for, and with the limits, for one selected cell. */
  #requireSelection(
    position: number,
    asked: Held & { readonly kind: 'pulse' | 'read'; readonly bias: BiasChoice },
    held: Held & { readonly bias: BiasChoice },
  ): void {
    this.#requireSame(position, this.#holds(asked, held) && held.volts !== 0, 'volts and width');
    this.#requireSame(position, sameBias(asked.bias, held.bias), 'bias');
    const { geometry } = this.#program.schedule;
    const fractions = resolveBias(held.bias);
    const words = [fractions.selectedWord, fractions.unselectedWord].slice(0, geometry.wordLines);
    const bits = [fractions.selectedBit, fractions.unselectedBit].slice(0, geometry.bitLines);
    this.#requireInside(position, {
      kind: asked.kind,
      wordVolts: words.map((fraction) => fraction * held.volts),
      bitVolts: bits.map((fraction) => fraction * held.volts),
      wordCounts: [1, geometry.wordLines - 1],
      bitCounts: [1, geometry.bitLines - 1],
      width: held.width,
      addresses: (word, bit) => word === 0 && bit === 0,
    });
  }

  #requireInside(position: number, state: LineState): void {
    const broken = brokenLimit(state, this.#program.safeOperatingArea, this.#driver);
    if (broken !== null) {
      throw refused(position, null, broken);
    }
  }

  #requireSame(position: number, same: boolean, field: string): void {
    if (!same) {
      throw refused(position, null, `the ${field} would not be what the schedule asks for`);
    }
  }

  #charge(position: number, cell: Cell, pulses: number, reads: number): void {
    const index = this.#indexOf(position, cell);
    this.#pulses[index]! += pulses;
    this.#reads[index]! += reads;
    const { pulsesPerCell, readsPerCell } = this.#program.safeOperatingArea.endurance;
    if (!(this.#pulses[index]! <= pulsesPerCell && this.#reads[index]! <= readsPerCell)) {
      throw refused(
        position,
        cell,
        `endurance: ${pulsesPerCell} pulses and ${readsPerCell} reads are allowed`,
      );
    }
  }

  #indexOf(position: number, cell: Cell): number {
    const { geometry } = this.#program.schedule;
    if (!containsCell(geometry, cell)) {
      throw refused(position, cell, 'the array has no such cell');
    }
    return cellIndex(geometry, cell);
  }

  #holds(asked: Held, held: Held): boolean {
    return (
      isHeldValue(asked.volts, held.volts, this.#driver.stepVolts) &&
      isHeldValue(asked.width, held.width, this.#driver.stepWidth)
    );
  }
}

function isSameStep({ kind, volts, width, bias }: PassedStep, held: PulseOperation | ReadOperation): boolean {
  return kind === held.kind && volts === held.volts && width === held.width && bias === held.bias;
}

function refused(operation: number, cell: Cell | null, reason: string): ScheduleError {
  const where = cell === null ? `operation ${operation}` : `operation ${operation} (${cellName(cell)})`;
  return new ScheduleError('gate', `${where}: refused before the act: ${reason}`, {
    hint: 'The outputs were not touched; nothing was repeated.',
    details: { operation, cell, reason },
  });
}
