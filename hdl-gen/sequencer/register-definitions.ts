import {
  controlBits,
  entryKinds,
  entrySum,
  entryWords,
  faults,
  identity,
  limitRegisters,
  limitsAddress,
  registers,
  statusBits,
  version,
  type NamedCode,
} from './register-map.ts';

/**
 * Write the register map as macros, which the Verilog sources include. Macros, because an unused constant of a module
 * is a lint warning.
 */
export function registerDefinitions(): string {
  const sized = (prefix: string, bits: number, rows: readonly NamedCode[]): string[] =>
    rows.map(({ name, code }) => define(`${prefix}_${name}`, `${bits}'d${code}`));
  return [
    '// Register map of the pulse sequencer. Generated.',
    '`ifndef SEQUENCER_REGISTERS',
    '`define SEQUENCER_REGISTERS',
    define('IDENTITY', `16'd${identity}`),
    define('VERSION', `16'd${version}`),
    define('ENTRY_WORDS', `${entryWords}`),
    define('ENTRY_SUM', `16'd${entrySum}`),
    ...sized('KIND', 2, entryKinds),
    ...sized('FAULT', 4, faults),
    ...controlBits.map(({ name, code }) => define(`CONTROL_${name}`, `${code}`)),
    ...registers
      .filter(({ address }) => address < limitsAddress)
      .map(({ name, address }) => define(`REG_${name}`, `7'd${address}`)),
    define('REG_LIMITS', `7'd${limitsAddress}`),
    define('LIMIT_COUNT', `${limitRegisters.length}`),
    ...limitRegisters.map(({ name, code }) => define(`LIMIT_${name}`, `${code}`)),
    '`endif',
    '',
  ].join('\n');
}

/** Write the register map as a C header for the processor that talks to the sequencer. */
export function registerHeader(): string {
  const constants = (prefix: string, rows: readonly NamedCode[]): string[] =>
    rows.map(({ name, code, meaning }) => constant(`${prefix}_${name}`, hexadecimal(code), meaning));
  const masks = (prefix: string, rows: readonly NamedCode[]): string[] =>
    rows.map(({ name, code, meaning }) => constant(`${prefix}_${name}`, hexadecimal(2 ** code), meaning));
  return [
    '/* Register map of the pulse sequencer. Generated. Registers are 16 bits wide. */',
    '#ifndef OHMLOOM_SEQUENCER_H',
    '#define OHMLOOM_SEQUENCER_H',
    '',
    ...registers.map(({ name, address, meaning }) => constant(name, hexadecimal(address), meaning)),
    '',
    constant('IDENTITY_VALUE', hexadecimal(identity), 'what IDENTITY reads as'),
    constant('VERSION_VALUE', hexadecimal(version), 'what VERSION reads as'),
    constant('ENTRY_WORDS', `${entryWords}`, 'words of an entry'),
    constant('ENTRY_SUM', hexadecimal(entrySum), 'what they add up to, modulo 2^16'),
    '',
    ...masks('CONTROL', controlBits),
    '',
    ...masks('STATUS', statusBits),
    '',
    ...constants('FAULT_CODE', faults),
    '',
    ...constants('KIND', entryKinds),
    '',
    '#endif',
    '',
  ].join('\n');
}

function define(name: string, value: string): string {
  return `\`define ${name} ${value}`;
}

function constant(name: string, value: string, meaning: string): string {
  return `#define OHMLOOM_SEQ_${name} ${value} /* ${meaning} */`;
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}u`;
}
