import { createGeometry, cellCount, type Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { loadRun } from '../files/load-run.ts';
import { loadLab, type Lab } from '../lab/lab.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import { recordRun } from '../lab/record-run.ts';
import { planReadout } from '../programming/plan-array.ts';
import { RunControl } from '../run/run-control.ts';
import { certify } from '../schedule/compile.ts';
import { createSchedule } from '../schedule/schedule.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { formatQuantity } from '../quantity.ts';

interface ReadFlags {
  readonly config: string;
  readonly device: string | undefined;
  readonly from: string | undefined;
  readonly seed: number;
  readonly out: string;
}

/** Read every cell of the configured array, or of the array that a run left behind. */
export async function readArray(flags: ReadFlags, output: Output) {
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = await loadLab(flags.config, device);
  const start = flags.from === undefined ? undefined : await loadRun(flags.from);
  const geometry = start?.geometry ?? configuredGeometry(lab);
  const { backend } = simulateLab(lab, geometry, flags.seed, start?.conductances);
  const schedule = createSchedule(geometry, planReadout(geometry, lab.read));
  const { safeOperatingArea } = lab;
  const control = new RunControl();
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, summary, conductances } = await recordRun({
      lab,
      program: {
        schedule,
        safeOperatingArea,
        certificate: certify(schedule, safeOperatingArea, lab.driver),
      },
      targets: new Float64Array(cellCount(geometry)).fill(Number.NaN),
      backend,
      seed: flags.seed,
      command: 'ohmloom read',
      out: flags.out,
      control,
    });
    const sorted = conductances.toSorted();
    const [min, median, max] = [0, 0.5, 1].map((part) => sorted[Math.round(part * (sorted.length - 1))]!);
    const shown = [min, median, max].map((value) => formatQuantity(value ?? Number.NaN, 'conductance', 4));
    return {
      document: { status, reads: summary.reads, min, median, max, runFolder: flags.out },
      text: [
        `read       ${summary.reads} cells`,
        `range      ${shown[0]} to ${shown[2]}, median ${shown[1]}`,
        `run        ${flags.out}`,
      ].join('\n'),
    };
  } finally {
    stopListening();
  }
}

function configuredGeometry({ config }: Lab): Geometry {
  const { wordLines, bitLines } = config.array;
  if (wordLines === undefined || bitLines === undefined) {
    throw new UsageError(
      'geometry',
      'read: the configuration names no array.wordLines and array.bitLines, and no --from is given',
    );
  }
  return createGeometry(wordLines, bitLines);
}
