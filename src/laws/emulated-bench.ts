import { Crossbar } from '../array/crossbar.ts';
import type { Geometry } from '../array/geometry.ts';
import type { DeviceModel } from '../model/device-model.ts';
import { type ParameterSet, parameterValues } from '../model/parameter-set.ts';
import { predictConductance } from '../model/predict-conductance.ts';
import { noVariability, type Variability } from '../model/variability.ts';
import { ReadChannel } from '../periphery/read-channel.ts';
import type { CheckedProgram } from '../run/backend.ts';
import type { DeviceKnowledge } from '../run/device-knowledge.ts';
import { SimulatedBackend } from '../run/simulated-backend.ts';
import { certify } from '../schedule/compile.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { Operation } from '../schedule/operation.ts';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import { createSchedule } from '../schedule/schedule.ts';
import type { ConductanceMatrix } from './conductance-matrices.ts';

/** A published device. */
export interface BenchDevice {
  readonly model: DeviceModel;
  readonly set: ParameterSet;
}

/** An emulated array behind an emulated controller. */
export interface EmulatedBench {
  readonly crossbar: Crossbar;
  readonly backend: SimulatedBackend;
}

/** A controller that can make any pulse of the laws. */
export const benchDriver: DriverGrid = {
  minVolts: -10,
  maxVolts: 10,
  stepVolts: 20 / 2 ** 16,
  minWidth: 1e-9,
  maxWidth: 10,
  stepWidth: 1e-9,
  errorVolts: 0,
};

/** Limits that nothing reaches: the laws are about what happens inside them. */
export const benchLimits: SafeOperatingArea = {
  format: 'ohmloom-soa',
  version: 1,
  array: 'emulated bench',
  source: 'none: nothing can be destroyed',
  voltage: {
    pulse: { positive: 100, negative: 100 },
    read: { positive: 100, negative: 100 },
    line: 100,
    unselected: 100,
  },
  width: { pulse: { min: 0, max: 100 }, read: { min: 0, max: 100 } },
  envelope: [{ volts: 100, width: 100 }],
  energy: { perPulse: 1e9, lowestResistance: 1 },
  compliance: { current: 1e3, seriesResistance: 0, lineCurrent: 1e6 },
  halfSelect: [{ volts: 0, total: 1e12 }],
  endurance: { pulsesPerCell: 1e9, cyclesPerCell: 1e9, readsPerCell: 1e9 },
  response: { conductance: { min: 0, max: 1e3 }, relativeStep: 1e9, wrongDirection: 1e9 },
};

/** What the bench knows of its device. */
export function benchKnowledge({ model, set }: BenchDevice): DeviceKnowledge {
  const p = parameterValues(model.parameters, set);
  return {
    range: set.conductance,
    setPolarity: model.setPolarity,
    predict: (from, pulse) => predictConductance(model, p, set.readVolts, from, pulse.volts, pulse.width),
  };
}

/**
 * Set up an array of a published device.
 *
 * @param array - conductances to start from
 * @param policies - that the backend runs by itself; all if left out
 */
export function emulateBench(
  device: BenchDevice,
  { geometry, conductances }: ConductanceMatrix,
  seed: number,
  variability: Variability = noVariability,
  policies?: readonly string[],
): EmulatedBench {
  const { model, set } = device;
  const crossbar = new Crossbar({
    geometry,
    model,
    parameters: parameterValues(model.parameters, set),
    variability,
    seed,
    readVolts: set.readVolts,
    initial: conductances,
  });
  const gains = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
  const readChannel = new ReadChannel(
    {
      transimpedance: { ranges: gains.map((gainOhms) => ({ gainOhms })), maxVolts: 2 },
      adc: { bits: 20, minVolts: -2, maxVolts: 2 },
      range: 'auto',
    },
    seed,
  );
  const options = { crossbar, readChannel, driver: benchDriver, device: benchKnowledge(device), gap: 1e-6 };
  const backend = new SimulatedBackend(policies === undefined ? options : { ...options, policies });
  return { crossbar, backend };
}

/** A program for the bench, with its proof. */
export function benchProgram(geometry: Geometry, operations: readonly Operation[]): CheckedProgram {
  const schedule = createSchedule(geometry, operations);
  const certificate = certify(schedule, benchLimits, benchDriver);
  return { schedule, safeOperatingArea: benchLimits, certificate };
}
