import { UsageError } from '../errors.ts';
import type { ResultTable } from '../files/experiment-results.ts';
import type { Lab } from '../lab/lab.ts';
import { lineResistances } from '../lab/line-resistances.ts';
import { formatQuantity } from '../quantity.ts';

/** What spikes pass between cells and neurons, beside the wires and the read noise of the lab. */
export interface SynapsePeriphery {
  /** Bits of the converter behind each bit line; the neurons add up the currents themselves if left out. */
  readonly adcBits?: number | undefined;
  /** Whether spikes move the cells that see their voltage. */
  readonly readDisturb: boolean;
}

/** The lab with another relative amplitude of its read noise. */
export function withReadNoise(lab: Lab, readNoise: Lab['config']['array']['readNoise']): Lab {
  return { ...lab, config: { ...lab.config, array: { ...lab.config.array, readNoise } } };
}

/**
 * Refuse a real controller for spikes that only an emulated array can take.
 *
 * @throws UsageError when spikes shall disturb the cells of a real array
 */
export function requireEmulated({ readDisturb }: SynapsePeriphery): void {
  if (readDisturb) {
    throw new UsageError(
      'read-disturb',
      '--read-disturb: found a real controller; the spikes of a test are presented to emulated cells only',
    );
  }
}

/** What was between cells and neurons, for the report. */
export function peripheryTable(lab: Lab, { adcBits, readDisturb }: SynapsePeriphery): ResultTable {
  const { array, controller } = lab.config;
  const { distribution, relative } = array.readNoise;
  const ohms = (resistance: number): string => formatQuantity(resistance, 'resistance');
  return {
    title: 'Between cells and neurons',
    columns: ['What', 'Here'],
    rows: [
      ['spike', `${formatQuantity(lab.read.volts, 'voltage')} for ${formatQuantity(lab.read.width, 'time')}`],
      [
        'wires',
        lineResistances(lab) === undefined
          ? 'without resistance'
          : `${ohms(array.wordSegmentResistance)} a segment of a word line, ${ohms(array.bitSegmentResistance)} of a bit line, drivers ${ohms(controller.line.resistance)}`,
      ],
      [
        'read noise',
        relative === 0 ? 'none' : `${distribution}, ${Number((100 * relative).toPrecision(3))} %`,
      ],
      [
        'converter',
        adcBits === undefined ? 'none: neurons add up currents' : `${adcBits} bits behind each bit line`,
      ],
      ['spikes disturb the cells', readDisturb ? 'yes' : 'no'],
    ],
  };
}
