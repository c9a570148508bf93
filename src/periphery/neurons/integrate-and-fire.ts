/**
 * Integrate-and-fire circuit: a capacitor that input current charges, a leak, a comparator and a switch. With I constant
 * during a step dt, and y = G dt / C,
 *
 *   V' = exp(-y) V + (dt / C) [(1 - exp(-y)) / y] I
 *
 * which is exact; without leak the bracket is 1. The comparator trips above V_th + V_os; the switch then brings the
 * capacitor to V_reset and holds it there for the refractory time.
 *
 * | symbol | parameter     | unit |
 * | C      | `capacitance` | F    |
 * | G      | `leak`        | S    |
 * | V_th   | `threshold`   | V    |
 * | V_os   | `offset`      | V, of the comparator |
 * | V_reset| `resetLevel`  | V    |
 * |        | `refractory`  | s, to the nearest whole step |
 * | dt     | `step`        | s    |
 *
 * G. Indiveri et al., Front. Neurosci. 5, 73 (2011), doi 10.3389/fnins.2011.00073, describes such circuits.
 */
import type { NeuronModel } from '../../model/neuron-model.ts';
import type { SchemaOf } from '../../model/parameter-set.ts';
import type { Amperes, Dimensionless, Farads, Ohms, Seconds, Siemens, Volts } from '../../units.ts';

/** Parameters of the integrate-and-fire circuit. */
export interface IntegrateAndFireParameters {
  readonly capacitance: Farads;
  readonly leak: Siemens;
  readonly threshold: Volts;
  readonly offset: Volts;
  readonly resetLevel: Volts;
  readonly refractory: Seconds;
  readonly step: Seconds;
}

/** Length of a step in time constants of the leak. */
function stepInTimeConstants(p: IntegrateAndFireParameters): Dimensionless {
  return (p.leak * p.step) / p.capacitance;
}

/** Voltage that an input leaves after one step, per ampere. */
function chargingResistance(p: IntegrateAndFireParameters): Ohms {
  const y = stepInTimeConstants(p);
  if (y > 0) {
    return ((p.step / p.capacitance) * -Math.expm1(-y)) / y;
  }
  return p.step / p.capacitance;
}

/** Voltage after one step. */
export function stepVoltage(v: Volts, rest: Dimensionless, i: Amperes, p: IntegrateAndFireParameters): Volts {
  if (rest > 0) {
    return p.resetLevel;
  }
  return Math.exp(-stepInTimeConstants(p)) * v + chargingResistance(p) * i;
}

/** Steps of the refractory time that are left. */
export function stepRest(
  _v: Volts,
  rest: Dimensionless,
  _i: Amperes,
  _p: IntegrateAndFireParameters,
): Dimensionless {
  return Math.max(rest - 1, 0);
}

/** How far the voltage is above the comparator's threshold. */
export function overdrive(v: Volts, _rest: Dimensionless, p: IntegrateAndFireParameters): Volts {
  return v - (p.threshold + p.offset);
}

/** Voltage to which the switch brings the capacitor. */
export function resetVoltage(_v: Volts, _rest: Dimensionless, p: IntegrateAndFireParameters): Volts {
  return p.resetLevel;
}

/** Whole steps of the refractory time. */
export function resetRest(_v: Volts, _rest: Dimensionless, p: IntegrateAndFireParameters): Dimensionless {
  return Math.floor(p.refractory / p.step + 0.5);
}

/** Capacitor, leak, comparator and reset switch. */
export const integrateAndFire: NeuronModel<keyof IntegrateAndFireParameters, [v: number, rest: number]> = {
  name: 'integrate-and-fire',
  title: 'Integrate-and-fire circuit: capacitor, leak, comparator, reset switch',
  source: 'doi 10.3389/fnins.2011.00073',
  input: {
    unit: 'A',
    meaning: 'current into the capacitor',
    range: (p) => symmetric((p.threshold * p.capacitance) / p.step),
  },
  states: {
    v: {
      unit: 'V',
      meaning: 'voltage of the capacitor',
      start: (p) => p.resetLevel,
      range: (p) => symmetric(2 * Math.max(p.threshold + p.offset, Math.abs(p.resetLevel))),
      step: stepVoltage,
      reset: resetVoltage,
    },
    rest: {
      unit: '1',
      meaning: 'steps of the refractory time that are left',
      start: () => 0,
      range: (p) => [0, Math.max(1, resetRest(0, 0, p))],
      step: stepRest,
      reset: resetRest,
    },
  },
  parameters: {
    capacitance: { unit: 'F', meaning: 'C, capacitance of the membrane', min: 1e-16, max: 1e-6 },
    leak: { unit: 'S', meaning: 'G, leak conductance', min: 0, max: 1e-3 },
    threshold: { unit: 'V', meaning: 'V_th, threshold of the comparator', min: 1e-3, max: 5 },
    offset: { unit: 'V', meaning: 'V_os, input offset of the comparator', min: -0.5, max: 0.5 },
    resetLevel: { unit: 'V', meaning: 'V_reset, voltage after a spike', min: -5, max: 5 },
    refractory: { unit: 's', meaning: 'time for which the capacitor is held after a spike', min: 0, max: 1 },
    step: { unit: 's', meaning: 'dt, length of a step', min: 1e-12, max: 1 },
  } satisfies SchemaOf<IntegrateAndFireParameters>,
  typical: {
    capacitance: 1e-12,
    leak: 1e-8,
    threshold: 0.5,
    offset: 0,
    resetLevel: 0,
    refractory: 2e-6,
    step: 1e-6,
  },
  overdrive,
};

function symmetric(magnitude: number): readonly [number, number] {
  return [-magnitude, magnitude];
}
