import type { Seconds, Volts } from '../../src/units.ts';
import type { LineAnswer } from './virtual-lines.ts';
import type { VirtualOutput } from './virtual-output.ts';

/** Names that stand for numbers. */
const constants = new Map<string, number>([
  ['smua.OUTPUT_DCVOLTS', 1],
  ['smua.OUTPUT_DCAMPS', 0],
  ['smua.OUTPUT_ON', 1],
  ['smua.OUTPUT_OFF', 0],
  ['smua.AUTORANGE_ON', 1],
  ['smua.AUTORANGE_OFF', 0],
  ['smua.AUTOZERO_OFF', 0],
  ['smua.AUTOZERO_ONCE', 1],
  ['smua.AUTOZERO_AUTO', 2],
]);

/** Attributes of the channel after a reset. */
const afterReset = {
  'source.func': 1,
  'source.autorangev': 1,
  'source.rangev': 0.2,
  'source.levelv': 0,
  'source.limiti': 1,
  'source.output': 0,
  'measure.autorangei': 1,
  'measure.rangei': 1e-4,
  'measure.autozero': 2,
  'measure.nplc': 1,
  'nvbuffer1.collectsourcevalues': 0,
};

type Attribute = keyof typeof afterReset;

const sourceRanges = [0.2, 2, 20, 200];
const measureRanges = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1];

/** Ranges reach a little further than they are called. */
const overrange = 1.01;

const complianceBit = 0x40;
const syntaxError = '-285';

interface Pulse {
  readonly level: Volts;
  readonly on: Seconds;
  readonly off: Seconds;
}

interface Sample {
  readonly amperes: number;
  readonly volts: Volts;
  readonly status: number;
}

/** Channel A of a Keithley 2600 and the factory script for pulses, line by line. */
export class Virtual2600 {
  readonly #output: VirtualOutput;
  #attributes = { ...afterReset };
  #pulses = new Map<number, Pulse>();
  #buffer: Sample[] = [];
  #errors: string[] = [];

  constructor(output: VirtualOutput) {
    this.#output = output;
  }

  answer(line: string): LineAnswer {
    const assignment = /^smua\.([a-z0-9.]+)\s*=\s*(\S+)$/u.exec(line);
    if (assignment !== null) {
      this.#set(assignment[1]!, assignment[2]!);
      return {};
    }
    const printed = /^print\((.*)\)$/u.exec(line)?.[1];
    if (printed !== undefined) {
      return this.#print(printed);
    }
    const buffer = /^printbuffer\(1, 1, (.*)\)$/u.exec(line)?.[1];
    if (buffer !== undefined) {
      return { text: this.#printBuffer(buffer.split(/,\s*/u)) };
    }
    switch (line) {
      case '*IDN?':
        return { text: 'Keithley Instruments Inc., Model 2602, 1234567, 2.2.6' };
      case 'smua.reset()':
        this.#reset();
        return {};
      case 'errorqueue.clear()':
        this.#errors = [];
        return {};
      case 'smua.nvbuffer1.clear()':
        this.#buffer = [];
        return {};
      case 'abort':
      case '':
        return {};
      default:
        this.#errors.push(syntaxError);
        return {};
    }
  }

  #set(name: string, text: string): void {
    const value = constants.get(text) ?? Number(text);
    if (!isAttribute(name) || !Number.isFinite(value)) {
      this.#errors.push(syntaxError);
      return;
    }
    const ranges = name === 'source.rangev' ? sourceRanges : name === 'measure.rangei' ? measureRanges : null;
    const range = ranges?.find((one) => Math.abs(value) <= one * overrange);
    const tooLarge =
      name === 'source.levelv' && Math.abs(value) > this.#attributes['source.rangev'] * overrange;
    if ((ranges !== null && range === undefined) || tooLarge) {
      this.#errors.push('1102');
      return;
    }
    this.#attributes[name] = range ?? value;
    this.#output.level = this.#attributes['source.levelv'];
    this.#output.limit = this.#attributes['source.limiti'];
    this.#output.on = this.#attributes['source.output'] === 1;
  }

  #print(expression: string): LineAnswer {
    const attribute = /^smua\.([a-z0-9.]+)$/u.exec(expression)?.[1];
    if (attribute !== undefined && isAttribute(attribute)) {
      return { text: scriptNumber(this.#attributes[attribute]) };
    }
    if (expression === 'errorqueue.count') {
      return { text: scriptNumber(this.#errors.length) };
    }
    const configure = /^ConfigPulseVMeasureI\(smua, (.*), smua\.nvbuffer1, (\d+)\)$/u.exec(expression);
    if (configure !== null) {
      return { text: this.#configure(configure[1]!.split(/,\s*/u).map(Number), Number(configure[2])) };
    }
    const initiate = /^InitiatePulseTest\((\d+)\)$/u.exec(expression)?.[1];
    if (initiate !== undefined) {
      return this.#initiate(Number(initiate));
    }
    this.#errors.push(syntaxError);
    return { text: 'nil' };
  }

  #configure(
    [bias = Number.NaN, level = 0, limit = 0, on = 0, off = 0, points = 0]: readonly number[],
    tag: number,
  ): string {
    const range = this.#attributes['source.rangev'] * overrange;
    const autorange = this.#attributes['source.autorangev'] + this.#attributes['measure.autorangei'] > 0;
    if (bias !== 0 || Math.abs(level) > range || !(limit > 0) || !(on >= 1e-4) || points !== 1 || autorange) {
      return 'false\tIllegal pulse parameters';
    }
    this.#pulses.set(tag, { level, on, off });
    this.#output.limit = limit;
    return 'true\tPulse configured';
  }

  #initiate(tag: number): LineAnswer {
    const pulse = this.#pulses.get(tag);
    if (pulse === undefined || !this.#output.on) {
      return { text: 'false\tNo pulse to initiate, or output off' };
    }
    const { amperes, limited } = this.#output.hold(pulse.level, pulse.on);
    this.#output.level = 0;
    this.#buffer = [{ amperes, volts: pulse.level, status: limited ? complianceBit : 0 }];
    return { text: 'true\tPulse complete', seconds: pulse.on + pulse.off };
  }

  #printBuffer(columns: readonly string[]): string {
    const sample = this.#buffer[0];
    return columns
      .map((column) => {
        switch (column) {
          case 'smua.nvbuffer1.readings':
            return sample?.amperes ?? 9.91e37;
          case 'smua.nvbuffer1.sourcevalues':
            return sample !== undefined && this.#attributes['nvbuffer1.collectsourcevalues'] === 1
              ? sample.volts
              : 9.91e37;
          default:
            return sample?.status ?? 9.91e37;
        }
      })
      .map(scriptNumber)
      .join(', ');
  }

  #reset(): void {
    this.#attributes = { ...afterReset };
    this.#pulses = new Map();
    this.#output.on = false;
    this.#output.level = 0;
    this.#output.limit = afterReset['source.limiti'];
  }
}

function isAttribute(name: string): name is Attribute {
  return Object.hasOwn(afterReset, name);
}

/** A number as the instrument writes it. */
function scriptNumber(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(5).split('e');
  const power = Math.abs(Number(exponent)).toString().padStart(2, '0');
  return `${mantissa}e${Number(exponent) < 0 ? '-' : '+'}${power}`;
}
