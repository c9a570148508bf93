import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { deviceModelOf } from '../../hdl-gen/evaluate.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import { boundWidth, stateCapacitance } from '../../hdl-gen/state-node.ts';
import { circuitTrain, stateTolerance } from '../../hdl-gen/testbench-train.ts';
import { verilogA } from '../../hdl-gen/targets/verilog-a.ts';
import { runAdmsXml } from '../../hdl-gen/toolchain/adms-xml.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { buildC } from '../../hdl-gen/toolchain/gcc.ts';
import { runProgram } from '../../hdl-gen/toolchain/run-program.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { RandomStream } from '../../src/random.ts';
import {
  type ModelCase,
  modelNames,
  publishedCase,
  publishedCases,
  randomCase,
  writeFiles,
} from './emitted-models.ts';
import { mutantCase, mutantCases } from './wrong-models.ts';

const ownFolder = fileURLToPath(new URL('verilog-a/', import.meta.url));

/** What the module computes: emitted as Verilog-A, read by admsXml, its syntax tree written as C, built and run. */
async function compute(modelCase: ModelCase, lines: readonly string[]): Promise<number[][]> {
  return inWorkFolder(async (folder) => {
    const module = modelIdentifier(modelCase.model.name);
    await writeFiles(folder, verilogA.emit(modelCase));
    await cp(ownFolder, folder, { recursive: true });
    const capacitance = stateCapacitance(modelCase.model, modelCase.device);
    await writeFile(join(folder, 'capacitance.h'), `#define STATE_CAPACITANCE ${capacitance}\n`);
    await runAdmsXml(`${module}.va`, { folder }, ['to-c.xml']);
    await buildC(['bench.c'], 'bench', { folder });
    await writeFile(join(folder, 'input.txt'), lines.join('\n'));
    const { output } = await runProgram(join(folder, 'bench'), ['input.txt'], { folder });
    return output
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').map(Number));
  });
}

interface Point {
  readonly volts: number;
  readonly place: number;
}

function randomPoints({ model, device: { set } }: ModelCase, count: number): Point[] {
  const random = new RandomStream(5, 'verilog-a-points');
  const [low, high] = [set.volts?.min ?? -model.validVolts, set.volts?.max ?? model.validVolts];
  return Array.from({ length: count }, (_, index) => ({
    volts: low + (high - low) * random.uniform(index, 0),
    place: random.uniform(index, 1),
  }));
}

/** Largest difference of currents and speeds, as parts of the largest of each. */
function callError(
  { model, device: { parameters: p } }: ModelCase,
  points: readonly Point[],
  found: number[][],
) {
  const device = deviceModelOf(model);
  const [lower, range] = [device.lowerBound(p), device.upperBound(p) - device.lowerBound(p)];
  const expected = points.map(({ volts, place }) => {
    const x = lower + place * range;
    return [device.current(volts, x, p), device.rate(volts, x, p) / range];
  });
  const errors = [0, 1].map((column) => {
    const largest = Math.max(...expected.map((row) => Math.abs(row[column]!)));
    return Math.max(
      ...expected.map((row, index) => Math.abs(row[column]! - found[index]![column]!) / largest),
    );
  });
  return Math.max(...errors);
}

const pointLine = ({ volts, place }: Point): string => `c ${volts} ${place}`;

describe.skipIf(missingTools(['admsXml']).length > 0)('admsXml accepts', () => {
  test.each(publishedCases)('%s, %s', async (name, set) => {
    const files = verilogA.emit(await publishedCase(name, set));
    await inWorkFolder(async (folder) => {
      await writeFiles(folder, files);
      expect(await runAdmsXml(`${modelIdentifier(name)}.va`, { folder })).not.toMatch(
        /^\[(?:warning|error)/mu,
      );
    });
  });
});

describe.skipIf(missingTools(['admsXml', 'gcc']).length > 0)(
  'modules that admsXml reads agree with the emulator',
  () => {
    test.each(modelNames)('%s, at random points and over a pulse train', async (name) => {
      const modelCase = await randomCase(name, 6);
      const points = randomPoints(modelCase, 1000);
      const { lowerBound, upperBound, readVolts, readWidth, steps } = circuitTrain(
        modelCase.model,
        modelCase.device,
      );
      const pulses = steps.flatMap(({ volts, width }) => [
        `p ${volts} ${width}`,
        `p 0 ${width}`,
        `p ${readVolts} ${readWidth}`,
        `p 0 ${readWidth}`,
      ]);
      const found = await compute(modelCase, [...points.map(pointLine), ...pulses]);
      expect(found).toHaveLength(points.length + pulses.length);
      expect(callError(modelCase, points, found)).toBeLessThan(1e-12);
      const missed = steps.map(({ state }, index) => {
        const place = found[points.length + 4 * index + 1]![0]!;
        return Math.abs(place - (state - lowerBound) / (upperBound - lowerBound));
      });
      expect(Math.max(...missed)).toBeLessThan(stateTolerance);
    });

    test.each(mutantCases)('%s with a wrong %s is found out', async (name, kind) => {
      const { right, wrong } = await mutantCase(name, kind);
      const points = randomPoints(right, 200);
      expect(callError(right, points, await compute(wrong, points.map(pointLine)))).toBeGreaterThan(1e-3);
    });

    test('a state beyond its bounds moves back, and no further out', async () => {
      const modelCase = await publishedCase('vteam', 'technion');
      const at = (volts: number, place: number): Point => ({ volts, place });
      const points = [
        at(1, 1),
        at(1, 1 + boundWidth),
        at(-1, 1 + boundWidth),
        at(-1, 0),
        at(-1, -boundWidth),
      ];
      const speeds = (await compute(modelCase, points.map(pointLine))).map((row) => row[1]!);
      expect(speeds[0]).toBeGreaterThan(0);
      expect(Math.abs(speeds[1]!)).toBeLessThan(1e-9 * speeds[0]!);
      expect(speeds[2]).toBe(speeds[3]);
      expect(Math.abs(speeds[4]!)).toBeLessThan(1e-9 * Math.abs(speeds[3]!));
    });
  },
);
