import { ProtocolError } from '../../src/errors.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import { nearly, numberText, rangeFor, type InstrumentLink } from './instrument-link.ts';
import type { SourceSettings } from './settings.ts';
import type { SourceLimits, SourceMeter, SourceReading } from './source-meter.ts';

const maker = /KEITHLEY.*MODEL 24\d\d/iu;

/** Bits of the status word. */
const statusBits = { overflow: 0x1, compliance: 0x8, rangeCompliance: 0x1_0000 } as const;

/** What stands for no number, or one that is too large. */
const noNumber = 9e37;

/** Steps of the source in its ranges, volt. */
const steps = new Map<Volts, Volts>([
  [0.2, 5e-6],
  [2, 50e-6],
  [20, 500e-6],
]);

/** The source delay counts in this. */
const tick: Seconds = 1e-5;
const longestWidth: Seconds = 100;

/** Points of a pulse: rest, pulse, rest. */
const points = 3;
const elementsPerPoint = 3;

/**
 * Keithley 2400 SourceMeter, by SCPI over RS-232. It has no pulses of its own: a list of three voltages, 0 V first and
 * last, is timed by the instrument, so that no delay on the line can make a pulse longer.
 */
export class Keithley2400 implements SourceMeter {
  readonly limits: SourceLimits;
  readonly #link: InstrumentLink;
  readonly #settings: SourceSettings;
  #delay: Seconds | null = null;
  #busy: Seconds = 0;

  constructor(link: InstrumentLink, settings: SourceSettings) {
    this.#link = link;
    this.#settings = settings;
    this.limits = limits2400(settings);
  }

  async find(): Promise<void> {
    await this.#link.find(maker, 0);
  }

  async start(limit: Amperes): Promise<void> {
    const { range, powerLineCycles } = this.#settings;
    const link = this.#link;
    this.#delay = null;
    await link.tell(
      '*RST',
      '*CLS',
      ':SYST:AZER:STAT OFF',
      ':FORM:ELEM VOLT,CURR,STAT',
      ':SENS:FUNC:CONC OFF',
      ":SENS:FUNC 'CURR:DC'",
      `:SENS:CURR:PROT ${numberText(limit)}`,
      `:SENS:CURR:RANG ${numberText(limit)}`,
      `:SENS:CURR:NPLC ${numberText(powerLineCycles)}`,
      ':SOUR:FUNC VOLT',
      `:SOUR:VOLT:RANG ${numberText(range)}`,
      ':SOUR:VOLT:MODE FIX',
      ':SOUR:VOLT 0',
      ':SOUR:DEL:AUTO OFF',
      ':SOUR:CLE:AUTO OFF',
    );
    await link.requireSetting(':SENS:CURR:PROT?', limit, nearly(limit));
    await link.requireSetting(':SENS:CURR:RANG?', limit, rangeFor(limit));
    await link.requireSetting(':SENS:CURR:RANG:AUTO?', 0, (found) => found === 0);
    await link.requireSetting(':SENS:CURR:NPLC?', powerLineCycles, nearly(powerLineCycles));
    await link.requireSetting(':SOUR:VOLT:RANG?', range, rangeFor(range));
    await link.requireSetting(':SOUR:VOLT:RANG:AUTO?', 0, (found) => found === 0);
    await link.requireSetting(':SOUR:DEL:AUTO?', 0, (found) => found === 0);
    await this.zero();
    await link.tell(':OUTP ON');
    await link.requireSetting(':OUTP?', 1, (found) => found === 1);
    await this.#requireNoError();
  }

  async pulse(volts: Volts, width: Seconds): Promise<SourceReading> {
    const link = this.#link;
    const delay = Math.max(0, width - measuringTime(this.#settings));
    if (delay !== this.#delay) {
      await link.tell(`:SOUR:DEL ${numberText(delay)}`);
      await link.requireSetting(':SOUR:DEL?', delay, (found) => Math.abs(found - delay) <= tick);
      this.#delay = delay;
    }
    await link.tell(
      `:SOUR:LIST:VOLT 0,${numberText(volts)},0`,
      ':SOUR:VOLT:MODE LIST',
      `:TRIG:COUN ${points}`,
    );
    this.#busy = points * width;
    const numbers = await link.askNumbers(':READ?', points * elementsPerPoint, this.#busy);
    this.#busy = 0;
    return this.#reading(numbers, volts);
  }

  async zero(): Promise<void> {
    await this.#link.tell(':SOUR:VOLT:MODE FIX', ':SOUR:VOLT 0');
    await this.#link.requireSetting(':SOUR:VOLT?', 0, (found) => found === 0);
  }

  async off(): Promise<void> {
    const link = this.#link;
    if (!link.found) {
      return;
    }
    if (link.fault !== null) {
      await link.find(maker, this.#busy);
    }
    this.#delay = null;
    await this.zero();
    await link.tell(':OUTP OFF');
    await link.requireSetting(':OUTP?', 0, (found) => found === 0);
  }

  interrupt(reason: Error): void {
    this.#link.interrupt(reason);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  /** The current of the middle point, from that of the rest before it. */
  #reading(numbers: readonly number[], volts: Volts): SourceReading {
    const rows = [0, 1, 2].map((point) =>
      numbers.slice(point * elementsPerPoint, (point + 1) * elementsPerPoint),
    );
    const sourced = rows.map(([value = Number.NaN]) => value);
    const expected = [0, volts, 0];
    const { roundingVolts } = this.limits;
    if (!sourced.every((value, point) => Math.abs(value - expected[point]!) <= 2 * roundingVolts)) {
      throw this.#link.refuse(
        'settings-differ',
        `told to source 0, ${volts}, 0 V, it says ${sourced.join(', ')} V`,
        {
          details: { found: sourced, expected },
        },
      );
    }
    const [before = Number.NaN, during = Number.NaN] = rows.map(([, amperes]) => amperes);
    const status = rows[1]?.[2] ?? Number.NaN;
    if (!Number.isInteger(status) || Math.abs(before) >= noNumber) {
      throw new ProtocolError('unexpected', `${this.#link.name}: :READ?: found ${numbers.join(', ')}`);
    }
    const limited =
      (status & (statusBits.compliance | statusBits.rangeCompliance | statusBits.overflow)) !== 0;
    return { amperes: during - before, limited: limited || Math.abs(during) >= noNumber };
  }

  async #requireNoError(): Promise<void> {
    const text = await this.#link.ask(':SYST:ERR?');
    if (!/^\+?0,/u.test(text)) {
      throw this.#link.refuse('instrument-error', `it reports ${text}`, { details: { error: text } });
    }
  }
}

/** What the instrument can do, with these settings. */
export function limits2400(settings: SourceSettings): SourceLimits {
  const { range } = settings;
  return {
    volts: range,
    shortestWidth: measuringTime(settings),
    longestWidth,
    tick,
    roundingVolts: steps.get(range) ?? Number.POSITIVE_INFINITY,
  };
}

/** Time for which a voltage stays on beside the source delay: one conversion, and what the instrument needs for itself. */
function measuringTime({ powerLineCycles, lineFrequency, overhead }: SourceSettings): Seconds {
  return powerLineCycles / lineFrequency + overhead;
}
