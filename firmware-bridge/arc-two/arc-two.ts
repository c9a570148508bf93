import {
  clear,
  groundChannels,
  prepareAmplifiers,
  updateChannels,
  updateLogic,
  updateSelectors,
} from './channel-instructions.ts';
import { dacCode, dacVolts } from './dac-code.ts';
import { setAllDacs, setDacRange, setDacs, updateDac } from './dac-instructions.ts';
import { decodeInstructions, encodeInstructions } from './instruction.ts';
import { channelsOf, parsePinMap } from './pin-map.ts';
import { readAddress, readCurrents, readVoltages } from './read-instructions.ts';
import { configurePulses, delay, startPulses } from './timed-instructions.ts';

/**
 * The instruction set of ArC TWO, to write and to list instruction streams. The board itself hangs on its vendor's USB
 * library.
 *
 * @example
 * arcTwo.encodeInstructions([arcTwo.setAllDacs(), arcTwo.updateDac(), arcTwo.delay(1e-6)]).length; // 108
 */
export const arcTwo = {
  encodeInstructions,
  decodeInstructions,
  clear,
  dacCode,
  dacVolts,
  setAllDacs,
  setDacs,
  setDacRange,
  updateDac,
  updateChannels,
  groundChannels,
  prepareAmplifiers,
  updateSelectors,
  updateLogic,
  readAddress,
  readCurrents,
  readVoltages,
  delay,
  configurePulses,
  startPulses,
  parsePinMap,
  channelsOf,
} as const;
