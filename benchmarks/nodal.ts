import { createCircuit } from '../src/circuit/circuit.ts';
import { CompiledLineSweeps } from '../src/circuit/compiled-line-sweeps.ts';
import { dropNumber } from '../src/circuit/drop-number.ts';
import { createGeometry } from '../src/array/geometry.ts';
import { IterativeSolver } from '../src/circuit/iterative-solver.ts';
import type { Drive } from '../src/circuit/line-ends.ts';
import type { LineSweeps } from '../src/circuit/line-sweeps.ts';
import { bytesPerCell } from '../src/circuit/line-sweeps.ts';
import { NewtonSolver } from '../src/circuit/newton-solver.ts';
import { connectSources, type NodalSystem } from '../src/circuit/nodal-system.ts';
import { PlainLineSweeps } from '../src/circuit/plain-line-sweeps.ts';
import { SingleLineSweeps } from '../src/circuit/single-line-sweeps.ts';
import { solveIterative } from '../src/circuit/solve-iterative.ts';
import { createTransferMatrix } from '../src/circuit/transfer-matrix.ts';
import type { Ohms } from '../src/units.ts';
import {
  cpuSeconds,
  createArray,
  type Devices,
  drawConductances,
  milliseconds,
  ratio,
  readingDrive,
  readingSystem,
  solveWithSuperLu,
  usualDevices,
  worstError,
} from './nodal-cases.ts';

const compiled = (system: NodalSystem): LineSweeps => CompiledLineSweeps.create(system)!;
const plain = (system: NodalSystem): LineSweeps => new PlainLineSweeps(system);

/** From conductances to the current of every column: no result of an earlier call is used. */
function coldSolve(solver: IterativeSolver, system: NodalSystem): Float64Array {
  solver.setConductances(system.conductances);
  solver.solve();
  return solver.currentsInto('bitBottom');
}

function chiOf({ words, bits, conductances }: NodalSystem): number {
  return dropNumber(
    words,
    bits,
    conductances.reduce((sum, siemens) => sum + siemens, 0) / conductances.length,
  );
}

/** One vector, cold, every column to 1e-9, beside one factorization and solution by SuperLU. */
export function nodalRows() {
  return [64, 128, 256, 512].map((lines) => {
    const system = readingSystem(lines, usualDevices, 1);
    const reference = solveWithSuperLu(system, 1, lines < 512 ? 5 : 1);
    const solver = new IterativeSolver(system, compiled(system));
    const twin = new IterativeSolver(system, plain(system));
    const repeats = 4096 / lines;
    const own = cpuSeconds(() => coldSolve(solver, system), repeats);
    const inTypeScript = cpuSeconds(() => coldSolve(twin, system), repeats);
    const superLu = reference && reference.factorSeconds + reference.solveSeconds;
    return {
      lines,
      chi: chiOf(system).toPrecision(3),
      iterations: solver.solve().iterations,
      'SuperLU ms': superLu === undefined ? '-' : milliseconds(superLu),
      'kernel ms': milliseconds(own),
      'SuperLU / kernel': ratio(superLu, own),
      'TypeScript ms': milliseconds(inTypeScript),
      'SuperLU / TypeScript': ratio(superLu, inTypeScript),
      'worst column': worstError(coldSolve(solver, system), reference?.bitCurrents),
      'bytes a cell': bytesPerCell(system),
    };
  });
}

/** One vector, cold: float32 to 1e-4 beside float64 to 1e-9. */
export function singleRows() {
  return [64, 128, 256, 512, 1024].map((lines) => {
    const system = readingSystem(lines, usualDevices, 1);
    const double = new IterativeSolver(system, compiled(system));
    const single = new IterativeSolver(system, SingleLineSweeps.create(system)!, { tolerance: 1e-5 });
    const repeats = 8192 / lines;
    const inDouble = cpuSeconds(() => coldSolve(double, system), repeats);
    const inSingle = cpuSeconds(() => coldSolve(single, system), repeats);
    const exact = coldSolve(double, system);
    return {
      lines,
      chi: chiOf(system).toPrecision(3),
      'float64 ms': milliseconds(inDouble),
      'float32 ms': milliseconds(inSingle),
      'float64 / float32': ratio(inDouble, inSingle),
      iterations: `${double.solve().iterations} / ${single.solve().iterations}`,
      'worst column': worstError(coldSolve(single, system), [...exact]),
    };
  });
}

const lowResistance: Devices = { low: 0.9e-3, high: 1.1e-3 };

/** Iterations to 1e-9 as the drop along the lines grows. */
export function dropRows() {
  const cases: readonly (readonly [number, Devices, Ohms])[] = [
    [128, usualDevices, 1],
    [256, usualDevices, 1],
    [512, usualDevices, 1],
    [256, usualDevices, 10],
    [128, lowResistance, 10],
    [512, lowResistance, 1],
    [256, lowResistance, 10],
    [512, lowResistance, 10],
  ];
  return cases.map(([lines, devices, ohms]) => {
    const system = readingSystem(lines, devices, ohms);
    const solver = new IterativeSolver(system, compiled(system));
    const chi = chiOf(system);
    return {
      lines,
      'segment ohm': ohms,
      chi: chi.toPrecision(3),
      iterations: solver.solve().iterations,
      '5 + 1.8 sqrt(chi)': (5 + 1.8 * Math.sqrt(chi)).toFixed(0),
    };
  });
}

/** The exact transfer matrix beside one factorization by SuperLU, and what it agrees to. */
export function transferRows() {
  return [128, 256, 512].map((lines) => {
    const system = readingSystem(lines, usualDevices, 1);
    const reference = solveWithSuperLu(system, 1, lines < 512 ? 5 : 1);
    const own = cpuSeconds(() => createTransferMatrix(system), lines < 512 ? 5 : 3);
    const { ends, admittance } = createTransferMatrix(system);
    const currents = new Float64Array(lines);
    ends.forEach((sink, column) => {
      ends.forEach((source, row) => {
        if (sink.end === 'bitBottom' && source.end === 'wordLeft') {
          currents[sink.line]! -= 0.2 * admittance[row * ends.length + column]!;
        }
      });
    });
    const solver = new IterativeSolver(system, compiled(system));
    const oneVector = cpuSeconds(() => coldSolve(solver, system), 5);
    return {
      lines,
      'transfer matrix ms': milliseconds(own),
      'of SuperLU': reference === undefined ? '-' : (own / reference.factorSeconds).toPrecision(2),
      'in single vectors': (own / oneVector).toFixed(0),
      'worst column': worstError(currents, reference?.bitCurrents),
    };
  });
}

const steepness = 7.5;

/** Cells of a hyperbolic sine up to a V = 1.5, beside the linear circuit. */
export function newtonRows() {
  return [128, 256].map((lines) => {
    const system = readingSystem(lines, usualDevices, 1);
    const { conductances } = system;
    const solver = new NewtonSolver(system, compiled(system));
    const curves = {
      evaluate(volts: Float64Array, currents: Float64Array): void {
        for (let cell = 0; cell < volts.length; cell++) {
          currents[cell] = (conductances[cell]! * Math.sinh(steepness * volts[cell]!)) / steepness;
        }
      },
      differentiate(volts: Float64Array, _currents: Float64Array, slopes: Float64Array): void {
        for (let cell = 0; cell < volts.length; cell++) {
          slopes[cell] = conductances[cell]! * Math.cosh(steepness * volts[cell]!);
        }
      },
    };
    const linear = new IterativeSolver(system, compiled(system));
    const straight = cpuSeconds(() => coldSolve(linear, system), 15);
    const bent = cpuSeconds(() => solver.solve(curves), 15);
    const { steps, iterations } = solver.solve(curves);
    return {
      lines,
      'linear ms': milliseconds(straight),
      'sinh ms': milliseconds(bent),
      ratio: `${(bent / straight).toPrecision(2)}x`,
      steps,
      iterations,
    };
  });
}

/** What other ends, shapes and segments cost beside the usual circuit, for each cell. */
export function generalityRows() {
  const lines = 256;
  const conductances = drawConductances(lines, usualDevices);
  const usual = readingDrive(lines);
  const side = usual.wordLeft;
  const mixed: Drive = {
    wordLeft: side && { ...side, volts: Array.from(side.volts, (volts, k) => (k % 3 === 0 ? null : volts)) },
    wordRight: side,
    bitTop: usual.bitBottom,
    bitBottom: usual.bitBottom,
  };
  const uneven = createCircuit({
    geometry: createGeometry(lines, lines),
    conductances,
    wordSegmentResistance: Array.from({ length: lines + 1 }, (_, k) => 0.5 + (k % 5) / 4),
    bitSegmentResistance: Array.from({ length: lines + 1 }, (_, k) => 0.5 + (k % 7) / 6),
  });
  const oblong = createCircuit({
    geometry: createGeometry(128, 512),
    conductances,
    wordSegmentResistance: 1,
    bitSegmentResistance: 2,
  });
  const oblongDrive: Drive = {
    ...usual,
    wordLeft: { volts: new Float64Array(128).fill(0.2), seriesResistance: 0 },
    bitBottom: { volts: new Float64Array(512), seriesResistance: 0 },
  };
  const systems: readonly (readonly [string, NodalSystem])[] = [
    ['left and bottom', connectSources(createArray(lines, conductances, 1), usual)],
    ['all sides, mixed', connectSources(createArray(lines, conductances, 1), mixed)],
    ['unequal segments', connectSources(uneven, usual)],
    ['128 x 512', connectSources(oblong, oblongDrive)],
  ];
  let first = 0;
  return systems.map(([circuit, system]) => {
    const solver = new IterativeSolver(system, compiled(system));
    const own = cpuSeconds(() => coldSolve(solver, system), 25);
    const { iterations } = solver.solve();
    first ||= own / iterations;
    return {
      circuit,
      ms: milliseconds(own),
      iterations,
      'an iteration, over the first': `${(own / iterations / first).toPrecision(3)}x`,
      'sum at a node A': solveIterative(system, compiled(system)).kclResidual.toExponential(1),
    };
  });
}
