import type { Seconds, Volts } from '../../src/units.ts';
import { scpiHeader } from './scpi-header.ts';
import type { SourceSettings } from './settings.ts';
import type { LineAnswer } from './virtual-lines.ts';
import type { VirtualOutput } from './virtual-output.ts';

/** What can be set and asked for, and what it is after a reset. */
interface Settings {
  measureRange: number;
  measureAuto: number;
  cycles: number;
  sourceRange: number;
  sourceAuto: number;
  delay: Seconds;
  delayAuto: number;
  autoOff: number;
  autoZero: number;
  concurrent: number;
  count: number;
}

const afterReset: Settings = {
  measureRange: 1e-4,
  measureAuto: 1,
  cycles: 1,
  sourceRange: 20,
  sourceAuto: 1,
  delay: 0,
  delayAuto: 1,
  autoOff: 0,
  autoZero: 1,
  concurrent: 1,
  count: 1,
};

/** Ranges reach a little further than they are called. */
const overrange = 1.05;

const sourceRanges = [0.2, 2, 20, 200];
const measureRanges = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1];

const compliance = 0x8;
const mostErrors = 10;

/** The part of a Keithley 2400 that sources voltages and measures currents, line by line. */
export class Virtual2400 {
  readonly #output: VirtualOutput;
  readonly #timing: Pick<SourceSettings, 'lineFrequency' | 'overhead'>;
  #settings: Settings = { ...afterReset };
  #mode: 'FIX' | 'LIST' = 'FIX';
  #fixed: Volts = 0;
  #list: Volts[] = [0];
  #errors: string[] = [];

  /** @param output - its output stage, which the relays behind it look at */
  constructor(output: VirtualOutput, timing: Pick<SourceSettings, 'lineFrequency' | 'overhead'>) {
    this.#output = output;
    this.#timing = timing;
  }

  answer(line: string): LineAnswer {
    const [header = '', ...rest] = line.split(/\s+/u);
    const argument = rest.join(' ');
    if (header === '') {
      return {};
    }
    for (const [pattern, act] of this.#commands) {
      if (pattern.test(header)) {
        return act(argument) ?? {};
      }
    }
    this.#fail('-113,"Undefined header"');
    return {};
  }

  readonly #commands: readonly (readonly [RegExp, (argument: string) => LineAnswer | void])[] = [
    [
      scpiHeader('*IDN?'),
      () => ({ text: 'KEITHLEY INSTRUMENTS INC.,MODEL 2400,1234567,C32   Oct  4 2010 14:20:11/A02' }),
    ],
    [scpiHeader('*RST'), () => this.#reset()],
    [scpiHeader('*CLS'), () => void (this.#errors = [])],
    [scpiHeader('*OPC?'), () => ({ text: '1' })],
    [scpiHeader('SYSTem:ERRor?'), () => ({ text: this.#errors.shift() ?? '0,"No error"' })],
    [scpiHeader('FORMat:ELEMents'), () => undefined],
    [scpiHeader('SENSe:FUNCtion'), () => undefined],
    [scpiHeader('SOURce:FUNCtion'), () => undefined],
    ...this.#flag('SYSTem:AZERo:STATe', 'autoZero'),
    ...this.#flag('SENSe:FUNCtion:CONCurrent', 'concurrent'),
    ...this.#flag('SENSe:CURRent:RANGe:AUTO', 'measureAuto'),
    ...this.#flag('SOURce:VOLTage:RANGe:AUTO', 'sourceAuto'),
    ...this.#flag('SOURce:DELay:AUTO', 'delayAuto'),
    ...this.#flag('SOURce:CLEar:AUTO', 'autoOff'),
    ...this.#number('SENSe:CURRent:NPLCycles', 'cycles', 0.01, 10),
    ...this.#number('SOURce:DELay', 'delay', 0, 9999.999, () => (this.#settings.delayAuto = 0)),
    ...this.#number('TRIGger:COUNt', 'count', 1, 2500),
    ...this.#range('SENSe:CURRent:RANGe', 'measureRange', 'measureAuto', measureRanges),
    ...this.#range('SOURce:VOLTage:RANGe', 'sourceRange', 'sourceAuto', sourceRanges),
    [scpiHeader('SENSe:CURRent:PROTection'), (text) => this.#limit(Number(text))],
    [scpiHeader('SENSe:CURRent:PROTection?'), () => ({ text: scpiNumber(this.#output.limit) })],
    [scpiHeader('SOURce:VOLTage'), (text) => this.#level(Number(text))],
    [scpiHeader('SOURce:VOLTage?'), () => ({ text: scpiNumber(this.#fixed) })],
    [scpiHeader('SOURce:VOLTage:MODE'), (text) => this.#setMode(text)],
    [scpiHeader('SOURce:LIST:VOLTage'), (text) => void (this.#list = text.split(',').map(Number))],
    [scpiHeader('OUTPut'), (text) => void (this.#output.on = isOn(text))],
    [scpiHeader('OUTPut?'), () => ({ text: this.#output.on ? '1' : '0' })],
    [scpiHeader('READ?'), () => this.#read()],
  ];

  #reset(): void {
    this.#settings = { ...afterReset };
    this.#output.on = false;
    this.#output.level = 0;
    this.#output.limit = 1e-4;
    this.#mode = 'FIX';
    this.#fixed = 0;
  }

  #read(): LineAnswer {
    if (!this.#output.on) {
      this.#fail('+803,"Not permitted with OUTPUT off"');
      return {};
    }
    const { cycles, delay, count } = this.#settings;
    const width = delay + cycles / this.#timing.lineFrequency + this.#timing.overhead;
    const elements: string[] = [];
    for (let point = 0; point < count; point++) {
      const volts = this.#mode === 'LIST' ? (this.#list[point % this.#list.length] ?? 0) : this.#fixed;
      const { amperes, limited } = this.#output.hold(volts, width);
      elements.push(scpiNumber(volts), scpiNumber(amperes), scpiNumber(limited ? compliance : 0));
    }
    return { text: elements.join(','), seconds: count * width };
  }

  #limit(amperes: number): void {
    if (amperes >= this.#settings.measureRange * 1e-3 && amperes <= overrange) {
      this.#output.limit = amperes;
    } else {
      this.#fail('-222,"Parameter data out of range"');
    }
  }

  #level(volts: number): void {
    if (Math.abs(volts) <= this.#settings.sourceRange * overrange) {
      this.#fixed = volts;
      if (this.#mode === 'FIX') {
        this.#output.level = volts;
      }
    } else {
      this.#fail('-222,"Parameter data out of range"');
    }
  }

  #setMode(text: string): void {
    this.#mode = /^LIST$/iu.test(text) ? 'LIST' : 'FIX';
    if (this.#mode === 'FIX') {
      this.#output.level = this.#fixed;
    }
  }

  #fail(error: string): void {
    this.#errors = [...this.#errors, error].slice(-mostErrors);
  }

  #flag(name: string, key: keyof Settings): (readonly [RegExp, (argument: string) => LineAnswer | void])[] {
    return [
      [scpiHeader(name), (text) => void (this.#settings[key] = isOn(text) ? 1 : 0)],
      [scpiHeader(`${name}?`), () => ({ text: String(this.#settings[key]) })],
    ];
  }

  #number(
    name: string,
    key: keyof Settings,
    min: number,
    max: number,
    then: () => void = () => undefined,
  ): (readonly [RegExp, (argument: string) => LineAnswer | void])[] {
    const set = (text: string): void => {
      const value = Number(text);
      if (value >= min && value <= max) {
        this.#settings[key] = value;
        then();
      } else {
        this.#fail('-222,"Parameter data out of range"');
      }
    };
    return [
      [scpiHeader(name), set],
      [scpiHeader(`${name}?`), () => ({ text: scpiNumber(this.#settings[key]) })],
    ];
  }

  /** A range is asked for by a value in it, and ends autoranging. */
  #range(
    name: string,
    key: 'measureRange' | 'sourceRange',
    auto: 'measureAuto' | 'sourceAuto',
    ranges: readonly number[],
  ): (readonly [RegExp, (argument: string) => LineAnswer | void])[] {
    const set = (text: string): void => {
      const range = ranges.find((one) => Math.abs(Number(text)) <= one * overrange);
      if (range === undefined) {
        this.#fail('-222,"Parameter data out of range"');
      } else {
        this.#settings[key] = range;
        this.#settings[auto] = 0;
      }
    };
    return [
      [scpiHeader(name), set],
      [scpiHeader(`${name}?`), () => ({ text: scpiNumber(this.#settings[key] * overrange) })],
    ];
  }
}

function isOn(text: string): boolean {
  return /^(?:ON|1)$/iu.test(text);
}

/** A number as the instrument writes it. */
function scpiNumber(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(6).split('e');
  const power = Math.abs(Number(exponent)).toString().padStart(2, '0');
  return `${value < 0 ? '' : '+'}${mantissa}E${Number(exponent) < 0 ? '-' : '+'}${power}`;
}
