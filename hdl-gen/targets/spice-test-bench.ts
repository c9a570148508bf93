import { floatText } from '../identifiers.ts';
import { stateTolerance, type Train } from '../testbench-train.ts';
import { type CircuitWaveform, trainWaveform } from '../testbench-waveform.ts';

/** A device in front of a bench. */
export interface BenchDevice {
  readonly title: string;
  /** What a user has to know, a line each. */
  readonly notes?: readonly string[];
  readonly train: Train;
  /** Lines that put the device between node `device` and ground. */
  readonly device: readonly string[];
  /** Commands before the circuit is read. */
  readonly control?: readonly string[];
  /** Vector that holds the place of the state in its range, where the simulator shows it. */
  readonly state?: string;
}

/** Numbers in a row of a PWL source. */
const pointsPerLine = 8;

/** A netlist that drives a device with its train in ngspice, prints `pass` or what differs and `fail`, and exits so. */
export function spiceTestBench({
  title,
  notes = [],
  train,
  device,
  control = [],
  state,
}: BenchDevice): string {
  const waveform = trainWaveform(train);
  const step = floatText(waveform.end / 1000);
  const checks = waveform.samples.flatMap((sample, index) => [
    ...(state === undefined
      ? []
      : [check(`state_${index + 1}`, state, sample.stateAt, sample.place, stateTolerance)]),
    check(`current_${index + 1}`, 'i(vammeter)', sample.currentAt, sample.current, sample.currentTolerance),
  ]);
  const text = [
    `* Test bench: ${title}.`,
    `* Prints pass, or what differs from the emulator and fail.`,
    ...notes.map((note) => `* ${note}`),
    ...device,
    `Vdrive drive 0 ${pwl(waveform)}`,
    'Vammeter drive device 0',
    '.options method=gear reltol=1e-7 abstol=1e-15 trtol=1',
    `.tran ${step} ${floatText(waveform.end)} 0 ${step}`,
    '.control',
    ...control,
    'run',
    'let passed = 0',
    ...checks.flat(),
    `if passed = ${checks.length}`,
    'echo pass',
    'quit 0',
    'else',
    'echo fail',
    'quit 1',
    'end',
    '.endc',
    '.end',
  ];
  return `${text.join('\n')}\n`;
}

/** A measurement that fails leaves no vector, so that nothing is counted. */
function check(name: string, vector: string, at: number, expected: number, allowed: number): string[] {
  return [
    `meas tran ${name} FIND ${vector} AT=${floatText(at)}`,
    `if abs(${name} - (${floatText(expected)})) <= ${floatText(allowed)}`,
    'let passed = passed + 1',
    'else',
    `echo ${name}: found $&${name}, expected ${floatText(expected)}`,
    'end',
  ];
}

function pwl({ corners }: CircuitWaveform): string {
  const numbers = corners.map(({ at, volts }) => `${floatText(at)} ${floatText(volts)}`);
  const lines: string[] = [];
  for (let first = 0; first < numbers.length; first += pointsPerLine / 2) {
    lines.push(numbers.slice(first, first + pointsPerLine / 2).join(' '));
  }
  return `PWL(${lines.join('\n+ ')})`;
}
