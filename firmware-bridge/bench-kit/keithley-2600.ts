import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import { nearly, numberText, rangeFor, type InstrumentLink } from './instrument-link.ts';
import type { SourceSettings } from './settings.ts';
import type { SourceLimits, SourceMeter, SourceReading } from './source-meter.ts';

const maker = /Keithley.*Model 26\d\d/iu;

/** Bit of the buffer's status: the source held its limit. */
const complianceBit = 0x40;

/** What stands for no number, or one that is too large. */
const noNumber = 9e37;

/** Steps of the source in its ranges, volt. */
const steps = new Map<Volts, Volts>([
  [0.2, 5e-6],
  [2, 50e-6],
  [20, 500e-6],
]);

const shortestWidth: Seconds = 200e-6;
const longestWidth: Seconds = 1;
const tick: Seconds = 1e-6;

/** Rest after a pulse. */
const rest: Seconds = 1e-3;

/** Part of a pulse in which the current is measured, at its end, and the fewest power-line cycles for it. */
const measuredPart = 0.5;
const fewestCycles = 1e-3;

/** Number under which the instrument keeps the pulse. */
const tag = 1;

const smu = 'smua';

/**
 * Channel A of a Keithley 2600, by its script language over RS-232. Pulses are made by the factory script KIPulse,
 * which the instrument times itself.
 */
export class Keithley2600 implements SourceMeter {
  readonly limits: SourceLimits;
  readonly #link: InstrumentLink;
  readonly #settings: SourceSettings;
  #limit: Amperes = 0;
  #busy: Seconds = 0;

  constructor(link: InstrumentLink, settings: SourceSettings) {
    this.#link = link;
    this.#settings = settings;
    this.limits = limits2600(settings);
  }

  async find(): Promise<void> {
    await this.#link.find(maker, 0);
  }

  async start(limit: Amperes): Promise<void> {
    const { range } = this.#settings;
    const link = this.#link;
    this.#limit = limit;
    await link.tell(
      `${smu}.reset()`,
      'errorqueue.clear()',
      `${smu}.source.func = ${smu}.OUTPUT_DCVOLTS`,
      `${smu}.source.autorangev = ${smu}.AUTORANGE_OFF`,
      `${smu}.source.rangev = ${numberText(range)}`,
      `${smu}.source.levelv = 0`,
      `${smu}.source.limiti = ${numberText(limit)}`,
      `${smu}.measure.autorangei = ${smu}.AUTORANGE_OFF`,
      `${smu}.measure.rangei = ${numberText(limit)}`,
      `${smu}.measure.autozero = ${smu}.AUTOZERO_ONCE`,
      `${smu}.nvbuffer1.clear()`,
      `${smu}.nvbuffer1.collectsourcevalues = 1`,
    );
    await this.#require('source.limiti', limit, nearly(limit));
    await this.#require('source.rangev', range, rangeFor(range));
    await this.#require('source.autorangev', 0, (found) => found === 0);
    await this.#require('measure.rangei', limit, rangeFor(limit));
    await this.#require('measure.autorangei', 0, (found) => found === 0);
    await this.#require('nvbuffer1.collectsourcevalues', 1, (found) => found === 1);
    await this.zero();
    await link.tell(`${smu}.source.output = ${smu}.OUTPUT_ON`);
    await this.#require('source.output', 1, (found) => found === 1);
    await link.requireSetting('print(errorqueue.count)', 0, (found) => found === 0);
  }

  async pulse(volts: Volts, width: Seconds): Promise<SourceReading> {
    const { powerLineCycles, lineFrequency } = this.#settings;
    const link = this.#link;
    const cycles = Math.max(fewestCycles, Math.min(powerLineCycles, measuredPart * width * lineFrequency));
    await link.tell(`${smu}.nvbuffer1.clear()`, `${smu}.measure.nplc = ${numberText(cycles)}`);
    const [level, limit, on, off] = [volts, this.#limit, width, rest].map(numberText);
    await this.#succeed(
      `ConfigPulseVMeasureI(${smu}, 0, ${level}, ${limit}, ${on}, ${off}, 1, ${smu}.nvbuffer1, ${tag})`,
      0,
    );
    this.#busy = width + rest;
    await this.#succeed(`InitiatePulseTest(${tag})`, this.#busy);
    this.#busy = 0;
    const columns = ['readings', 'sourcevalues', 'statuses'].map((column) => `${smu}.nvbuffer1.${column}`);
    const [amperes = Number.NaN, sourced = Number.NaN, status = Number.NaN] = await link.askNumbers(
      `printbuffer(1, 1, ${columns.join(', ')})`,
      columns.length,
    );
    if (!(Math.abs(sourced - volts) <= 2 * this.limits.roundingVolts)) {
      throw link.refuse('settings-differ', `told to source ${volts} V, it says ${sourced} V`, {
        details: { found: sourced, expected: volts },
      });
    }
    return { amperes, limited: (status & complianceBit) !== 0 || Math.abs(amperes) >= noNumber };
  }

  async zero(): Promise<void> {
    await this.#link.tell(`${smu}.source.levelv = 0`);
    await this.#require('source.levelv', 0, (found) => found === 0);
  }

  async off(): Promise<void> {
    const link = this.#link;
    if (!link.found) {
      return;
    }
    if (link.fault !== null) {
      await link.find(maker, this.#busy);
    }
    await this.zero();
    await link.tell(`${smu}.source.output = ${smu}.OUTPUT_OFF`);
    await this.#require('source.output', 0, (found) => found === 0);
  }

  interrupt(reason: Error): void {
    this.#link.interrupt(reason);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #require(attribute: string, expected: number, accepted: (found: number) => boolean): Promise<void> {
    return this.#link.requireSetting(`print(${smu}.${attribute})`, expected, accepted);
  }

  /** Call a function of the factory script: it answers whether it succeeded, and why not. */
  async #succeed(call: string, acting: Seconds): Promise<void> {
    const text = await this.#link.ask(`print(${call})`, acting);
    if (!/^true\b/u.test(text)) {
      throw this.#link.refuse('instrument-error', `${call}: it answers ${text}`, {
        details: { call, answer: text },
      });
    }
  }
}

/** What the instrument can do, with these settings. */
export function limits2600({ range }: SourceSettings): SourceLimits {
  return {
    volts: range,
    shortestWidth,
    longestWidth,
    tick,
    roundingVolts: steps.get(range) ?? Number.POSITIVE_INFINITY,
  };
}
