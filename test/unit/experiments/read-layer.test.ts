import { expect, test } from 'vitest';
import { openReadLayer } from '../../../src/experiments/read-layer.ts';
import { type Lab, loadLab, withSegments } from '../../../src/lab/lab.ts';
import { simulateLab } from '../../../src/lab/simulate-lab.ts';
import { CrossbarLayer } from '../../../src/network/crossbar-layer.ts';
import { differentialPair } from '../../../src/network/differential-pair.ts';
import { InferenceLayer } from '../../../src/network/inference-layer.ts';
import { argMax } from '../../../src/network/softmax-regression.ts';
import { RandomStream } from '../../../src/random.ts';

const inputs = 16;
const classes = 4;
const seed = 3;
const random = new RandomStream(seed, 'read-layer');
const weights = Float64Array.from({ length: inputs * classes }, (_, index) => random.normal(index, 0));
const features = Array.from({ length: 60 }, (_, row) =>
  Float64Array.from({ length: inputs }, (_, index) => random.uniform(index, row + 1)),
);

interface Choice {
  /** Of the device's threshold: below it the cells rest. */
  readonly threshold: number;
  readonly ohms: number;
  readonly noise: number;
}

async function createLab({ threshold, ohms, noise }: Choice): Promise<Lab> {
  const lab = withSegments(await loadLab('examples/lab.yaml'), { word: ohms, bit: ohms });
  const { config, device } = lab;
  return {
    ...lab,
    config: {
      ...config,
      array: { ...config.array, readNoise: { distribution: 'normal', relative: noise } },
    },
    device: {
      ...device,
      parameters: { ...device.parameters, vThresholdP: threshold, vThresholdN: threshold },
    },
  };
}

function layersOn(lab: Lab) {
  const mapped = differentialPair.map(weights, inputs, classes, lab.config.program.range!);
  const open = () => simulateLab(lab, mapped.geometry, seed, mapped.targets).crossbar;
  const shared = { layout: differentialPair, mapped, dacBits: 8, adcBits: 8, seed };
  const calibration = features.slice(0, 10);
  const layer = openReadLayer({ ...shared, lab, crossbar: open(), calibration });
  const { volts, width } = lab.read;
  const byReads = new CrossbarLayer({ ...shared, crossbar: open(), voltsPerUnit: volts, width });
  byReads.calibrate(calibration);
  return { layer, byReads };
}

test.each([
  ['ideal wires', { threshold: 0.3, ohms: 0, noise: 0 }],
  ['ideal wires and read noise', { threshold: 0.3, ohms: 0, noise: 0.05 }],
  ['resistive wires', { threshold: 0.3, ohms: 20, noise: 0 }],
] as const)(
  'cells at rest between %s are read as products, and find the same classes',
  async (_name, choice) => {
    const { layer, byReads } = layersOn(await createLab(choice));
    expect(layer).toBeInstanceOf(InferenceLayer);
    const classesFound = (which: CrossbarLayer | InferenceLayer) =>
      features.map((row) => argMax(which.outputs(row)));
    const found = classesFound(layer);
    expect(new Set(found).size).toBe(classes);
    expect(found).toEqual(classesFound(byReads));
  },
);

test.each([
  ['cells that reads disturb', { threshold: 0, ohms: 0, noise: 0 }],
  ['noise of cells between resistive wires', { threshold: 0.3, ohms: 20, noise: 0.05 }],
] as const)('%s are read from the array', async (_name, choice) => {
  const { layer, byReads } = layersOn(await createLab(choice));
  expect(layer).toBeInstanceOf(CrossbarLayer);
  for (const row of features.slice(0, 5)) {
    expect(layer.outputs(row)).toEqual(byReads.outputs(row));
  }
});
