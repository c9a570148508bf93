/**
 * What a certificate must say, computed the slow way: the frame of every act is laid over every cell of the array.
 * Shares no code with the compiler; only the rounding rule is the same, written again.
 */
import { biasSchemes, type BiasChoice, selectCell } from '../../../src/array/bias.ts';
import { type Cell, cellAt, cellCount, type Geometry } from '../../../src/array/geometry.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import type { Schedule } from '../../../src/schedule/schedule.ts';

/** The worst value of each limit that an operation touches; a count or a time also where it stays 0. */
export interface Reference {
  readonly worst: ReadonlyMap<string, number>;
  /** Limits that the schedule crosses; empty for one that must be certified. */
  readonly crossed: ReadonlySet<string>;
  /** Whether something would be rounded to nothing. */
  readonly swallowed: boolean;
  /** Per bin and cell, the seconds as a victim after each operation. */
  readonly victimSeconds: readonly (readonly (readonly number[])[])[];
}

interface Act {
  readonly kind: 'pulse' | 'read';
  readonly volts: number;
  readonly width: number;
  readonly bias: BiasChoice;
}

export function referenceFor(schedule: Schedule, soa: SafeOperatingArea, driver: DriverGrid): Reference {
  const { geometry, operations } = schedule;
  const cells = Array.from({ length: cellCount(geometry) }, (_, index) => cellAt(geometry, index));
  const worst = new Map<string, number>();
  const crossed = new Set<string>();
  const state = { swallowed: false };
  const seconds = soa.halfSelect.map(() => cells.map(() => 0));
  const history = soa.halfSelect.map((): number[][] => []);
  const pulses = cells.map((): string[] => []);
  const reads = cells.map(() => 0);

  const upper = (limit: string, asked: number, allowed: number): void => {
    worst.set(limit, Math.max(worst.get(limit) ?? 0, asked));
    if (asked > allowed * (1 + 1e-9)) {
      crossed.add(limit);
    }
  };
  const lower = (limit: string, asked: number, allowed: number): void => {
    worst.set(limit, Math.min(worst.get(limit) ?? Number.POSITIVE_INFINITY, asked));
    if (asked < allowed - 1e-9 * Math.abs(allowed)) {
      crossed.add(limit);
    }
  };
  const round = (volts: number): number =>
    Math.sign(volts) * Math.floor(Math.abs(volts) / driver.stepVolts + 1e-6) * driver.stepVolts;
  const roundTime = (time: number): number => Math.floor(time / driver.stepWidth + 1e-6) * driver.stepWidth;

  const lines = (volts: Iterable<number>): void => {
    for (const line of volts) {
      upper('voltage.line', Math.abs(line) + driver.errorVolts, soa.voltage.line);
      upper('driver.maxVolts', Math.max(line, 0), driver.maxVolts);
      lower('driver.minVolts', Math.min(line, 0), driver.minVolts);
    }
  };
  const widths = (kind: 'pulse' | 'read', width: number): void => {
    upper(`width.${kind}.max`, width, soa.width[kind].max);
    lower(`width.${kind}.min`, width, soa.width[kind].min);
    upper('driver.maxWidth', width, driver.maxWidth);
    lower('driver.minWidth', width, driver.minWidth);
  };
  const addressed = (kind: 'pulse' | 'read', sign: number, magnitude: number, width: number): void => {
    const polarity = sign > 0 ? 'positive' : 'negative';
    upper(`voltage.${kind}.${polarity}`, magnitude, soa.voltage[kind][polarity]);
    upper('envelope.volts', magnitude, soa.envelope.at(-1)!.volts);
    const allowed = soa.envelope.find(({ volts }) => magnitude <= volts * (1 + 1e-9))?.width ?? 0;
    upper('envelope.ratio', allowed === 0 ? 2 : width / allowed, 1);
    upper(
      'energy.perPulse',
      (magnitude * magnitude * width) / soa.energy.lowestResistance,
      soa.energy.perPulse,
    );
    const resistance = soa.energy.lowestResistance + soa.compliance.seriesResistance;
    upper('compliance.current', magnitude / resistance, soa.compliance.current);
  };

  const lineCurrents = (magnitudes: readonly number[]): void => {
    const ohms = soa.energy.lowestResistance + soa.compliance.seriesResistance;
    const through = (isOn: (cell: Cell) => boolean): number =>
      cells.reduce((sum, cell, index) => (isOn(cell) ? sum + magnitudes[index]! / ohms : sum), 0);
    for (let line = 0; line < geometry.wordLines; line++) {
      upper(
        'compliance.lineCurrent',
        through(({ word }) => word === line),
        soa.compliance.lineCurrent,
      );
    }
    for (let line = 0; line < geometry.bitLines; line++) {
      upper(
        'compliance.lineCurrent',
        through(({ bit }) => bit === line),
        soa.compliance.lineCurrent,
      );
    }
  };

  /** Lay an act over the array; returns for each bin and cell the seconds as a victim of one such act. */
  const lay = (act: Act, selected: Cell): number[][] => {
    const scheme = typeof act.bias === 'string' ? biasSchemes[act.bias] : act.bias;
    const volts = round(act.volts);
    const width = roundTime(act.width);
    const frame = selectCell(geometry, selected, volts, scheme);
    const own = round(frame.wordVolts[selected.word]!) - round(frame.bitVolts[selected.bit]!);
    if (volts === 0 || width === 0 || own === 0) {
      state.swallowed = true;
    }
    lines([...frame.wordVolts, ...frame.bitVolts]);
    widths(act.kind, width);
    const magnitudes = cells.map(({ word, bit }) => {
      const [high, low] = [frame.wordVolts[word]!, frame.bitVolts[bit]!];
      return Math.max(Math.abs(high - low), Math.abs(round(high) - round(low))) + 2 * driver.errorVolts;
    });
    const isSelected = cells.map(({ word, bit }) => word === selected.word && bit === selected.bit);
    for (const [index, magnitude] of magnitudes.entries()) {
      if (isSelected[index]!) {
        addressed(act.kind, volts, magnitude, width);
      } else {
        upper('voltage.unselected', magnitude, soa.voltage.unselected);
      }
    }
    lineCurrents(magnitudes);
    return soa.halfSelect.map((bin) =>
      magnitudes.map((magnitude, index) =>
        !isSelected[index]! && magnitude >= bin.volts * (1 - 1e-9) ? width : 0,
      ),
    );
  };
  const book = (victims: readonly (readonly number[])[], times = 1): void => {
    for (const [bin, byCell] of victims.entries()) {
      for (const [index, time] of byCell.entries()) {
        seconds[bin]![index]! += times * time;
      }
    }
  };
  const indexOf = ({ word, bit }: Cell): number => word * geometry.bitLines + bit;

  for (const [position, operation] of operations.entries()) {
    if (operation.kind === 'pulse') {
      book(lay(operation, operation.cell));
      pulses[indexOf(operation.cell)]!.push(operation.volts > 0 ? '+' : '-');
    } else if (operation.kind === 'read') {
      for (const cell of operation.cells) {
        book(lay(operation, cell));
        reads[indexOf(cell)]! += 1;
      }
    } else if (operation.kind === 'programVerify') {
      const { maxPulses, maxReads } = operation.envelope;
      for (const cell of operation.cells) {
        const each = operation.envelope.pulses.map((pulse) =>
          lay({ ...pulse, kind: 'pulse', bias: operation.bias }, cell),
        );
        const longest = soa.halfSelect.map((_, bin) =>
          cells.map((_cell, index) => Math.max(...each.map((victims) => victims[bin]![index]!))),
        );
        book(longest, maxPulses);
        book(lay({ ...operation.read, kind: 'read' }, cell), maxReads);
        reads[indexOf(cell)]! += maxReads;
        const signs = new Set(operation.envelope.pulses.map(({ volts }) => (volts > 0 ? '+' : '-')));
        for (let k = 0; k < maxPulses; k++) {
          // With both signs allowed, no pulse continues the run of another.
          pulses[indexOf(cell)]!.push(signs.size > 1 ? `${position}.${k}` : [...signs][0]!);
        }
      }
    } else if (operation.kind === 'frame') {
      const width = roundTime(operation.width);
      const words = operation.wordVolts.map(round);
      const bits = operation.bitVolts.map(round);
      const kind = operation.sense ? 'read' : 'pulse';
      const asked = [...operation.wordVolts, ...operation.bitVolts];
      const held = [...words, ...bits];
      lines(held);
      widths(kind, width);
      const over = cells.map(({ word, bit }) => words[word]! - bits[bit]!);
      const alive = over.map((volts) => Math.abs(volts) > driver.stepVolts / 2);
      if (
        width === 0 ||
        !alive.includes(true) ||
        asked.some((volts, line) => volts !== 0 && held[line] === 0)
      ) {
        state.swallowed = true;
      }
      lineCurrents(over.map((volts) => Math.abs(volts) + 2 * driver.errorVolts));
      for (const [index, volts] of over.entries()) {
        const magnitude = Math.abs(volts) + 2 * driver.errorVolts;
        const acts = alive[index]! && (operation.sense || magnitude > soa.voltage.unselected * (1 + 1e-9));
        if (acts) {
          addressed(kind, volts, magnitude, width);
          if (operation.sense) {
            reads[index]! += 1;
          } else {
            pulses[index]!.push(volts > 0 ? '+' : '-');
          }
        } else {
          upper('voltage.unselected', magnitude, soa.voltage.unselected);
          for (const [bin, { volts: threshold }] of soa.halfSelect.entries()) {
            seconds[bin]![index]! += magnitude >= threshold * (1 - 1e-9) ? width : 0;
          }
        }
      }
    }
    for (const [bin, byCell] of seconds.entries()) {
      history[bin]!.push([...byCell]);
    }
  }

  for (const [bin, byCell] of seconds.entries()) {
    upper(`halfSelect[${bin}].total`, Math.max(...byCell), soa.halfSelect[bin]!.total);
  }
  const cycles = pulses.map((signs) =>
    Math.floor(signs.filter((sign, k) => k === 0 || sign !== signs[k - 1]).length / 2),
  );
  upper(
    'endurance.pulsesPerCell',
    Math.max(...pulses.map(({ length }) => length)),
    soa.endurance.pulsesPerCell,
  );
  upper('endurance.cyclesPerCell', Math.max(...cycles), soa.endurance.cyclesPerCell);
  upper('endurance.readsPerCell', Math.max(...reads), soa.endurance.readsPerCell);
  return { worst, crossed, swallowed: state.swallowed, victimSeconds: history };
}

/** Row-major position, for looking into `victimSeconds`. */
export function positionOf(geometry: Geometry, { word, bit }: Cell): number {
  return word * geometry.bitLines + bit;
}
