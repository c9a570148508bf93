import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Circuit, createCircuit } from '../src/circuit/circuit.ts';
import { createGeometry } from '../src/array/geometry.ts';
import type { Drive } from '../src/circuit/line-ends.ts';
import { connectSources, type NodalSystem } from '../src/circuit/nodal-system.ts';
import { RandomStream } from '../src/random.ts';
import type { Ohms, Seconds, Siemens } from '../src/units.ts';

/** Devices drawn between two conductances, evenly on a logarithmic scale. */
export interface Devices {
  readonly low: Siemens;
  readonly high: Siemens;
}

/** 1 kohm to 1 Mohm. */
export const usualDevices: Devices = { low: 1e-6, high: 1e-3 };

export function drawConductances(lines: number, { low, high }: Devices): Float64Array {
  const stream = new RandomStream(11, 'benchmark');
  return Float64Array.from(
    { length: lines * lines },
    (_, cell) => low * (high / low) ** stream.uniform(cell, 0),
  );
}

/** Word lines at 0.2 V from the left, bit lines grounded at the bottom. */
export function readingDrive(lines: number): Drive {
  const side = (volts: number) => ({
    volts: new Float64Array(lines).fill(volts),
    seriesResistance: 0,
  });
  return { wordLeft: side(0.2), wordRight: null, bitTop: null, bitBottom: side(0) };
}

export function createArray(lines: number, conductances: Float64Array, ohms: Ohms): Circuit {
  return createCircuit({
    geometry: createGeometry(lines, lines),
    conductances,
    wordSegmentResistance: ohms,
    bitSegmentResistance: ohms,
  });
}

export function readingSystem(lines: number, devices: Devices, ohms: Ohms): NodalSystem {
  return connectSources(createArray(lines, drawConductances(lines, devices), ohms), readingDrive(lines));
}

/** Median CPU time of a call, after one that warms up. */
export function cpuSeconds(act: () => unknown, repeats: number): Seconds {
  act();
  const times = Array.from({ length: repeats }, () => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return times.sort((a, b) => a - b)[Math.floor(repeats / 2)]!;
}

export interface SuperLu {
  readonly factorSeconds: Seconds;
  readonly solveSeconds: Seconds;
  readonly bitCurrents: readonly number[];
}

/** SciPy's SuperLU on the same array and machine, with one thread; undefined where python3-scipy is not installed. */
export function solveWithSuperLu(system: NodalSystem, ohms: Ohms, repeats: number): SuperLu | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ohmloom-superlu-'));
  try {
    const path = join(folder, 'conductances.f64');
    writeFileSync(path, system.conductances);
    const script = join(import.meta.dirname, 'superlu.py');
    const text = execFileSync('python3', [script, path, String(ohms), String(repeats)], {
      encoding: 'utf8',
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(text) as SuperLu;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function milliseconds(seconds: Seconds): string {
  return (seconds * 1e3).toPrecision(3);
}

export function ratio(reference: Seconds | undefined, own: Seconds): string {
  return reference === undefined ? 'no SciPy' : `${(reference / own).toPrecision(3)}x`;
}

/** Largest relative error of the currents out of the bit lines. */
export function worstError(found: Float64Array, exact: readonly number[] | undefined): string {
  return exact === undefined
    ? 'no SciPy'
    : Math.max(...exact.map((amperes, line) => Math.abs(found[line]! / amperes - 1))).toExponential(1);
}
