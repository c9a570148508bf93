import fc from 'fast-check';
import { type FaultMap, faultCodes } from '../array/faults.ts';
import { type Cell, cellAt, cellCount, cellIndex, cellName, createGeometry } from '../array/geometry.ts';
import { parameterValues } from '../model/parameter-set.ts';
import { stateAtConductance } from '../model/state-at-conductance.ts';
import { advanceState } from '../model/state-integrator.ts';
import { noVariability, type Variability } from '../model/variability.ts';
import type { PulseOperation } from '../schedule/operation.ts';
import {
  type ArrayCase,
  arrayCases,
  type ArrayOperation,
  arrayOf,
  exposuresOf,
  firstDifference,
  runArray,
} from './array-run.ts';
import type { DeviceSubject } from './device-subject.ts';
import { type Law, lawOf, requireThat } from './law.ts';
import { pulses } from './pulses.ts';

const numRuns = 30;

/** What holds for arrays of any model. */
export function arrayLaws(subject: DeviceSubject): Law[] {
  return [
    zeroLayersAreNone(subject),
    quietArrayIsItsDevices(subject),
    seedFixesEveryBit(subject),
    layersAreIndependent(subject),
    visitsDoNotInterfere(subject),
    stuckCellsAreSilent(subject),
  ];
}

/** Every layer at once, small enough that no parameter leaves its range. */
function everyLayer({ model }: DeviceSubject, scale = 1): Variability {
  const spread = { distribution: 'log-normal', relative: 0.01 * scale } as const;
  return {
    deviceToDevice: Object.fromEntries(Object.keys(model.parameters).map((name) => [name, spread])),
    cycleToCycle: 0.05 * scale,
    readNoise: { distribution: 'normal', relative: 0.02 * scale },
    stuck: { high: 0.1 * scale, low: 0.1 * scale },
  };
}

function requireSameBits(what: string, one: ArrayLike<number>, other: ArrayLike<number>): void {
  const at = firstDifference(one, other);
  requireThat(at < 0, () => `${what} ${at}: ${one[at]} and ${other[at]} differ`);
}

function zeroLayersAreNone(subject: DeviceSubject): Law {
  return lawOf(
    'layers of noise with amplitude 0 are no layers, to the last bit',
    arrayCases(subject),
    (drawn) => {
      const bare = arrayOf(subject, drawn, { variability: noVariability });
      const layered = arrayOf(
        subject,
        { ...drawn, seed: drawn.seed + 1 },
        { variability: everyLayer(subject, 0) },
      );
      requireSameBits('answer', runArray(bare, drawn.operations), runArray(layered, drawn.operations));
      requireSameBits('state', bare.states(), layered.states());
    },
    numRuns,
  );
}

function quietArrayIsItsDevices(subject: DeviceSubject): Law {
  return lawOf(
    'without noise each cell of an array is the bare model, to the last bit',
    arrayCases(subject),
    (drawn) => {
      const crossbar = arrayOf(subject, drawn, { variability: noVariability });
      const bare = runBareDevices(subject, drawn);
      requireSameBits('answer', runArray(crossbar, drawn.operations), bare.answers);
      requireSameBits('state', crossbar.states(), bare.states);
    },
    numRuns,
  );
}

/** What the cells do if each is a device by itself. */
function runBareDevices({ model, sets }: DeviceSubject, { set: name, array, operations }: ArrayCase) {
  const set = sets.find((one) => one.name === name)!;
  const p = parameterValues(model.parameters, set);
  const { geometry } = array;
  const states = array.conductances.map((g) => stateAtConductance(model, set.readVolts, g, p));
  const answers: number[] = [];
  for (const { frame, seconds, read } of operations.flatMap((one) => exposuresOf(geometry, one))) {
    const voltsAt = ({ word, bit }: Cell) => frame.wordVolts[word]! - frame.bitVolts[bit]!;
    const currentOf = (cell: Cell) => model.current(voltsAt(cell), states[cellIndex(geometry, cell)]!, p);
    for (const [index, x] of states.entries()) {
      states[index] = advanceState(model, voltsAt(cellAt(geometry, index)), x, seconds, p);
    }
    if (read === 'bit lines') {
      for (let bit = 0; bit < geometry.bitLines; bit++) {
        const cells = Array.from({ length: geometry.wordLines }, (_, word) => ({ word, bit }));
        answers.push(cells.reduce((sum, cell) => sum + currentOf(cell), 0));
      }
    } else if (read !== null) {
      answers.push(currentOf(read));
    }
  }
  return { states, answers };
}

function seedFixesEveryBit(subject: DeviceSubject): Law {
  const variability = everyLayer(subject);
  return lawOf(
    'the same seed gives the same bits, another seed gives others',
    arrayCases(subject),
    (drawn) => {
      const [one, again, other] = [drawn.seed, drawn.seed, drawn.seed + 1].map((seed) => {
        const crossbar = arrayOf(subject, { ...drawn, seed }, { variability });
        const answers = runArray(crossbar, [...drawn.operations, readEveryCell(subject, drawn)]);
        return { answers, states: crossbar.states() };
      });
      requireSameBits('answer', one!.answers, again!.answers);
      requireSameBits('state', one!.states, again!.states);
      requireThat(
        firstDifference(one!.answers, other!.answers) >= 0,
        () => `seeds ${drawn.seed} and ${drawn.seed + 1} give the same noisy readings`,
      );
    },
    numRuns,
  );
}

function readEveryCell(
  { sets }: DeviceSubject,
  { set: name, array: { geometry } }: ArrayCase,
): ArrayOperation {
  const set = sets.find((one) => one.name === name)!;
  const cells = Array.from({ length: cellCount(geometry) }, (_, index) => cellAt(geometry, index));
  return { kind: 'read', cells, volts: set.readVolts, width: 1e-6, bias: 'grounded' };
}

function layersAreIndependent(subject: DeviceSubject): Law {
  const variability = everyLayer(subject);
  return lawOf(
    'a layer of noise changes no draw of another',
    arrayCases(subject),
    (drawn) => {
      const withAll = arrayOf(subject, drawn, { variability });
      const before = withAll.states();
      const { readNoise } = noVariability;
      const withoutReadNoise = arrayOf(subject, drawn, { variability: { ...variability, readNoise } });
      const withoutScatter = arrayOf(subject, drawn, { variability: { ...variability, cycleToCycle: 0 } });
      requireSameBits('state without cycle-to-cycle scatter', before, withoutScatter.states());
      runArray(withAll, drawn.operations);
      runArray(withoutReadNoise, drawn.operations);
      requireSameBits('state without read noise', withAll.states(), withoutReadNoise.states());
    },
    numRuns,
  );
}

/**
 * Cells of a diagonal see nothing of each other under the scheme `half`. So each ends the same, to the last bit,
 * whether the others are pulsed or left alone: its draws hang on its own address and on the count of operations.
 */
function visitsDoNotInterfere(subject: DeviceSubject): Law {
  const { model, sets } = subject;
  const size = 3;
  const geometry = createGeometry(size, size);
  const diagonal = fc.nat({ max: size - 1 });
  const visit = fc.record({ line: diagonal, pulse: pulses(model.promises.validVolts) });
  const cases = fc.record({
    set: fc.constantFrom(...sets.map(({ name }) => name)),
    visits: fc.array(visit, { minLength: 1, maxLength: 6 }),
    line: diagonal,
    seed: fc.nat(),
  });
  const variability = { ...everyLayer(subject), stuck: noVariability.stuck };
  return lawOf(
    'the noise of a cell does not depend on when others are visited',
    cases,
    ({ set: name, visits, line, seed }) => {
      const set = sets.find((one) => one.name === name)!;
      const middle = (set.conductance.min + set.conductance.max) / 2;
      const array = { geometry, conductances: new Float64Array(size * size).fill(middle) };
      const together = visits.map((one): PulseOperation => pulseOn(one));
      const alone = visits.map((one): ArrayOperation =>
        one.line === line ? pulseOn(one) : { kind: 'wait', seconds: one.pulse.width },
      );
      const cell = { word: line, bit: line };
      const read: ArrayOperation = {
        kind: 'read',
        cells: [cell],
        volts: set.readVolts,
        width: 1e-6,
        bias: 'half',
      };
      const [one, other] = [together, alone].map((list) => {
        const crossbar = arrayOf(subject, { set: name, array, seed }, { variability });
        const answers = runArray(crossbar, [...list, read]);
        return [...answers, crossbar.conductanceOf(cell)];
      });
      requireSameBits(`cell ${cellName(cell)}, answer`, one!, other!);
    },
    numRuns,
  );
}

function pulseOn(visit: { line: number; pulse: { volts: number; width: number } }): PulseOperation {
  return { kind: 'pulse', cell: { word: visit.line, bit: visit.line }, ...visit.pulse, bias: 'half' };
}

function stuckCellsAreSilent(subject: DeviceSubject): Law {
  const variability = everyLayer(subject);
  const codes = fc.constantFrom(faultCodes.none, faultCodes['stuck-high'], faultCodes['stuck-low']);
  const cases = fc.record({
    drawn: arrayCases(subject),
    codes: fc.array(codes, { minLength: 9, maxLength: 9 }),
  });
  return lawOf(
    'a stuck cell never moves, and changes no other',
    cases,
    ({ drawn, codes: list }) => {
      const faults: FaultMap = Uint8Array.from(list.slice(0, drawn.array.conductances.length));
      const faulty = arrayOf(subject, drawn, { variability, faults });
      const sound = arrayOf(subject, drawn, { variability, faults: new Uint8Array(faults.length) });
      const before = faulty.states();
      runArray(faulty, drawn.operations);
      runArray(sound, drawn.operations);
      const free = sound.states();
      const expected = before.map((state, index) =>
        faults[index] === faultCodes.none ? free[index]! : state,
      );
      requireSameBits('state', faulty.states(), expected);
    },
    numRuns,
  );
}
