/**
 * The 2018 form of the data-driven ReRAM model for devices that a positive voltage SETs: eta = -1, A_p < 0, A_n > 0.
 * Equations, symbols and validity are those of data-driven-2018.ts; the polarity belongs to a model, so that the
 * devices of either polarity cannot be mistaken for the other.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { Volts } from '../src/units.ts';
import {
  advance,
  current,
  dataDriven2018,
  type DataDriven2018Parameters,
  isMonotone,
  lowerBound,
  rate,
  upperBound,
} from './data-driven-2018.ts';

export { advance, current, lowerBound, rate, upperBound };

const validVolts: Volts = 7;

/** The 2018 form for devices whose resistance a positive voltage lowers (eta = -1). */
export const dataDriven2018Reversed: DeviceModel<keyof DataDriven2018Parameters> = {
  ...dataDriven2018,
  name: 'data-driven-2018-reversed',
  title: 'Data-driven ReRAM, exponential window (Messaris 2018), V > 0 lowers R',
  setPolarity: 1,
  promises: {
    monotoneInVoltage: (sign, p) => isMonotone(sign, validVolts, p),
    quietAtZeroVolts: true,
    validVolts,
  },
  parameters: {
    ...dataDriven2018.parameters,
    aP: { ...dataDriven2018.parameters.aP, min: -1e12, max: -1e-6 },
    aN: { ...dataDriven2018.parameters.aN, min: 1e-6, max: 1e12 },
    eta: { unit: '1', meaning: 'eta, -1 where a positive voltage lowers the resistance', min: -1, max: -1 },
  },
};
