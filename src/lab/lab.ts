import { dirname, isAbsolute, join } from 'node:path';
import { loadDevice, type LoadedDevice } from '../../devices/load-device.ts';
import { readConfig } from '../files/read-config.ts';
import { predictConductance } from '../model/predict-conductance.ts';
import type { DeviceKnowledge } from '../run/device-knowledge.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { ProgramVerifyOperation } from '../schedule/operation.ts';
import { safeOperatingAreaSchema } from '../schedule/safe-operating-area-schema.ts';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Ohms } from '../units.ts';
import { labSchema, type LabConfig } from './lab-config.ts';

/** A lab, ready to plan for and to simulate: everything of the configuration, resolved. */
export interface Lab {
  readonly config: LabConfig;
  readonly device: LoadedDevice;
  readonly knowledge: DeviceKnowledge;
  readonly driver: DriverGrid;
  readonly read: ProgramVerifyOperation['read'];
  readonly safeOperatingArea: SafeOperatingArea;
}

/** A device in place of the configuration's. */
export interface DeviceChoice {
  readonly model: string;
  readonly set: string;
}

/**
 * Read a lab configuration, its device and its limits.
 *
 * @param path - YAML or JSON; paths inside are relative to it
 * @param device - replaces the configuration's device
 * @throws ConfigError naming file, line and field
 * @throws UsageError for an unknown device
 */
export async function loadLab(path: string, device?: DeviceChoice): Promise<Lab> {
  const config = await readConfig(path, labSchema);
  const limits = await readConfig(relativeTo(path, config.limits), safeOperatingAreaSchema);
  const chosen = device ?? config.device;
  const set =
    chosen.set.endsWith('.json') && device === undefined ? relativeTo(path, chosen.set) : chosen.set;
  const overrides = device === undefined ? config.device.overrides : {};
  return createLab(config, await loadDevice(chosen.model, set, overrides), limits);
}

/** Wires in place of the configuration's; those that are left out stay. */
export interface SegmentChoice {
  readonly word: Ohms | undefined;
  readonly bit: Ohms | undefined;
}

/** Whether the wires between the cells have a resistance. */
export function hasSegments({ config: { array } }: Lab): boolean {
  return array.wordSegmentResistance > 0 || array.bitSegmentResistance > 0;
}

/** The same lab with other wires between the cells of its array. */
export function withSegments(lab: Lab, { word, bit }: SegmentChoice): Lab {
  const { array } = lab.config;
  return {
    ...lab,
    config: {
      ...lab.config,
      array: {
        ...array,
        wordSegmentResistance: word ?? array.wordSegmentResistance,
        bitSegmentResistance: bit ?? array.bitSegmentResistance,
      },
    },
  };
}

function relativeTo(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** Resolve a configuration with a loaded device. */
export function createLab(
  config: LabConfig,
  device: LoadedDevice,
  safeOperatingArea: SafeOperatingArea,
): Lab {
  const { model, set, parameters } = device;
  const volts = config.read.volts ?? set.readVolts;
  return {
    config,
    device,
    safeOperatingArea,
    driver: driverGrid(config.controller),
    read: { volts, width: config.read.width, bias: config.read.bias },
    knowledge: {
      range: acceptedRange(device, safeOperatingArea),
      setPolarity: model.setPolarity,
      predict: (from, pulse) => predictConductance(model, parameters, volts, from, pulse.volts, pulse.width),
    },
  };
}

/** Conductances that the device can take and the owner of the array accepts: targets elsewhere are unreachable. */
function acceptedRange({ set }: LoadedDevice, { response }: SafeOperatingArea): DeviceKnowledge['range'] {
  return {
    min: Math.max(set.conductance.min, response.conductance.min),
    max: Math.min(set.conductance.max, response.conductance.max),
  };
}

/** What the line drivers and the timer of a described controller can produce. */
export function driverGrid({ line, timer }: Pick<LabConfig['controller'], 'line' | 'timer'>): DriverGrid {
  return {
    minVolts: line.min,
    maxVolts: line.max,
    stepVolts: (line.max - line.min) / 2 ** line.bits,
    minWidth: timer.min,
    maxWidth: timer.max,
    stepWidth: timer.tick,
    errorVolts: line.error,
  };
}
