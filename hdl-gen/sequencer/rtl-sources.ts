import { readFileSync } from 'node:fs';

/** Modules that are synthesised, one a file, each after those that it is made of. */
export const rtlModules = [
  'synchronizer',
  'tick_timer',
  'spi_master',
  'dac_loader',
  'adc_reader',
  'line_matrix',
  'line_plan',
  'limit_check',
  'table_memory',
  'entry_fetch',
  'result_fifo',
  'register_file',
  'sequencer_core',
  'pulse_sequencer',
] as const;

/** Modules between the pins of an FPGA and the sequencer. */
export const linkModules = ['host_link'] as const;

/** Modules of the test bench. */
export const benchModules = ['dac_model', 'adc_model', 'line_monitor'] as const;

/** Properties that the modules include when they are proven. */
export const propertyFiles = [
  'tick_timer_properties.svh',
  'dac_loader_properties.svh',
  'line_matrix_properties.svh',
  'line_plan_properties.svh',
  'limit_check_properties.svh',
  'sequencer_core_properties.svh',
] as const;

/** Read a Verilog source that this package brings along. */
export function rtlSource(folder: 'rtl' | 'bench' | 'properties', file: string): string {
  return readFileSync(new URL(`./${folder}/${file}`, import.meta.url), 'utf8');
}
