import { Crossbar } from '../array/crossbar.ts';
import type { Geometry } from '../array/geometry.ts';
import { idealWires, type LineNetwork } from '../array/line-network.ts';
import { resistiveWires } from '../array/resistive-wires.ts';
import { ReadChannel } from '../periphery/read-channel.ts';
import { SimulatedBackend, type SimulatedBackendOptions } from '../run/simulated-backend.ts';
import type { Lab } from './lab.ts';
import { lineResistances } from './line-resistances.ts';

/** An emulated array and the backend in front of it. */
export interface SimulatedLab {
  readonly crossbar: Crossbar;
  readonly backend: SimulatedBackend;
}

/**
 * Build the lab's array and the controller in front of it, emulated.
 *
 * @param initial - conductances to start from, [wordLines x bitLines]; as configured if left out
 * @throws ModelDomainError for conductances that the device cannot take
 */
export function simulateLab(
  lab: Lab,
  geometry: Geometry,
  seed: number,
  initial?: Float64Array,
): SimulatedLab {
  const options = simulatedOptions(lab, geometry, seed, initial);
  return { crossbar: options.crossbar, backend: new SimulatedBackend(options) };
}

/** What a simulated backend for the lab is made of. */
export function simulatedOptions(
  lab: Lab,
  geometry: Geometry,
  seed: number,
  initial?: Float64Array,
): SimulatedBackendOptions {
  const { array, controller } = lab.config;
  const { min, max } = lab.device.set.conductance;
  return {
    crossbar: new Crossbar({
      geometry,
      model: lab.device.model,
      parameters: lab.device.parameters,
      kernel: lab.device.kernel,
      variability: array,
      seed,
      readVolts: lab.read.volts,
      initial: initial ?? {
        mean: array.initial.conductance ?? (min + max) / 2,
        spread: array.initial.spread,
      },
      network: wires(lab, geometry),
    }),
    readChannel: readChannel(controller, seed),
    driver: lab.driver,
    device: lab.knowledge,
    gap: controller.gap,
  };
}

function wires(lab: Lab, geometry: Geometry): LineNetwork {
  const lines = lineResistances(lab);
  return lines === undefined ? idealWires : resistiveWires({ geometry, ...lines });
}

function readChannel({ adc, transimpedance }: Lab['config']['controller'], seed: number): ReadChannel {
  const { bits, range, noise } = adc;
  return new ReadChannel(
    {
      transimpedance: { ranges: transimpedance.map((gainOhms) => ({ gainOhms })), maxVolts: range },
      adc: { bits, minVolts: -range, maxVolts: range, noiseVolts: noise },
      range: 'auto',
    },
    seed,
  );
}
