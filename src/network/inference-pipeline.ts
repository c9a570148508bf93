import { cellNoiseCurrents } from '../array/cell-noise-product.ts';
import { cellCount, type Geometry } from '../array/geometry.ts';
import { requireSpread, type Spread } from '../array/spread-factor.ts';
import { UsageError } from '../errors.ts';
import { Dac, type DacConfig } from '../periphery/dac.ts';
import { ReadChannel, type ReadChannelConfig } from '../periphery/read-channel.ts';
import { RandomStream } from '../random.ts';
import { MvmProduct, type ProductReadout } from './mvm-product.ts';

export interface InferencePipelineOptions {
  readonly geometry: Geometry;
  /**
   * [wordLines x bitLines], siemens: of the cells between ideal wires, or the exact transfer matrix between the drivers
   * of wires with resistance, see `wiredConductances`.
   */
  readonly conductances: Float64Array;
  /** Converters of the word lines; if left out the voltages arrive as they are given. */
  readonly dac?: DacConfig;
  /** Scatter of every conductance from one input to the next; none if left out. */
  readonly readNoise?: Spread;
  /**
   * Where the noise is drawn: once for each bit line with the exact variance of the sum, or for each cell. For each bit
   * line if left out and the noise is Gaussian, for other distributions always for each cell.
   */
  readonly noiseDraws?: 'bit-line' | 'cell';
  /** Amplifiers and converters of the bit lines; if left out the currents are returned as they are. */
  readonly readChannel?: ReadChannelConfig;
  /** Integer from 0 to 2^53 - 1. */
  readonly seed: number;
}

/** Currents of [batch x wordLines] voltages, the rows counted on from an event. */
interface InferenceProduct {
  currents(wordVolts: Float64Array, event: number): Float64Array;
}

/**
 * Inference on an array that its reads leave as it is: batches of voltages through the converters of the word lines,
 * the matrix of conductances, the read noise, and the amplifiers and converters of the bit lines.
 *
 * Products and Gaussian noise are float32 in a compiled kernel, or in TypeScript with the same bits where it was not
 * built; converters choose their codes in float64. Draws are those of `Crossbar.sense` and `ReadChannel`, keyed by bit
 * line (or cell) and event: a row has the same bits in whatever batch it comes.
 *
 * @example
 * const pipeline = new InferencePipeline({
 *   geometry: createGeometry(2, 2),
 *   conductances: Float64Array.of(1e-5, 2e-5, 3e-5, 4e-5),
 *   dac: { bits: 8, minVolts: 0, maxVolts: 0.255 },
 *   readNoise: { distribution: 'normal', relative: 0.01 },
 *   readChannel: {
 *     transimpedance: { ranges: [{ gainOhms: 1e5 }], maxVolts: 1 },
 *     adc: { bits: 8, minVolts: 0, maxVolts: 2.55 },
 *     range: 0,
 *   },
 *   seed: 1,
 * });
 * const currents = pipeline.currents(Float64Array.of(0.1, 0, 0.1, 0.1));
 * currents[2]; // 3.9e-6 A: 4 uA with its noise, to the resolution of the converter
 */
export class InferencePipeline {
  readonly #geometry: Geometry;
  readonly #product: InferenceProduct;
  /** What the product does not do by itself. */
  readonly #dac: Dac | null;
  readonly #readChannel: ReadChannel | null;

  /**
   * @throws UsageError for a matrix of another size or with entries that are not finite, noise that cannot be drawn for
   *   bit lines, or a matrix beyond 4 GiB
   * @throws ConfigError for a converter, an amplifier or a noise that is not one
   */
  constructor(options: InferencePipelineOptions) {
    const { geometry, conductances, dac, readChannel, seed } = options;
    const noise: Spread = options.readNoise ?? { distribution: 'normal', relative: 0 };
    requireMatrix(geometry, conductances);
    requireSpread('readNoise.relative', noise);
    this.#geometry = geometry;
    const converter = dac === undefined ? null : new Dac(dac);
    const channel = readChannel === undefined ? null : new ReadChannel(readChannel, seed);
    if (noise.relative > 0 && drawsCells(noise, options.noiseDraws)) {
      this.#product = productOfCells(geometry, conductances, noise, seed);
      this.#dac = converter;
      this.#readChannel = channel;
      return;
    }
    const isDacCompiled = dac !== undefined && dac.inlLsb === undefined;
    const readout = compiledReadout(readChannel);
    this.#product = new MvmProduct(geometry, conductances, {
      ...(isDacCompiled ? { dac } : {}),
      ...(readout === undefined ? {} : { readout }),
      readNoise: noise.relative,
      seed,
    });
    this.#dac = isDacCompiled ? null : converter;
    this.#readChannel = readout === undefined ? channel : null;
  }

  /**
   * Multiply a batch.
   *
   * @param wordVolts - [batch x wordLines], volt
   * @param event - of the first row; the rows count on from it, and their draws are keyed by it
   * @returns [batch x bitLines], ampere: as the converters give them, by nominal gain and scale
   * @throws UsageError for voltages whose number is no multiple of the word lines or that are not finite, or an event
   *   that is no integer from 0 to 2^53 - 1
   */
  currents(wordVolts: Float64Array, event = 0): Float64Array {
    requireBatch(this.#geometry, wordVolts, event);
    const dac = this.#dac;
    const driven = dac === null ? wordVolts : wordVolts.map((volts) => dac.convert(volts));
    const currents = this.#product.currents(driven, event);
    return this.#readChannel === null ? currents : this.#sense(this.#readChannel, currents, event);
  }

  #sense(channel: ReadChannel, currents: Float64Array, event: number): Float64Array {
    const { bitLines } = this.#geometry;
    return currents.map((amperes, at) => {
      const bit = at % bitLines;
      // At 1 V, and with all the time to settle.
      return channel.measure(amperes, 1, Infinity, bit, event + (at - bit) / bitLines).amperes;
    });
  }
}

function productOfCells(
  geometry: Geometry,
  conductances: Float64Array,
  noise: Spread,
  seed: number,
): InferenceProduct {
  const cells = conductances.slice();
  const stream = new RandomStream(seed, 'read-noise');
  return {
    currents: (wordVolts, event) => cellNoiseCurrents(cells, wordVolts, geometry, noise, stream, event),
  };
}

function drawsCells({ distribution }: Spread, asked: InferencePipelineOptions['noiseDraws']): boolean {
  if (asked === 'bit-line' && distribution !== 'normal') {
    throw new UsageError(
      'noise-draws',
      `inference: noiseDraws is bit-line for ${distribution} noise, expected cell: only Gaussian noise adds up to its own distribution`,
    );
  }
  return (asked ?? (distribution === 'normal' ? 'bit-line' : 'cell')) === 'cell';
}

/** The part of a read channel that the kernel can do: one range, and a converter that is linear. */
function compiledReadout(config: ReadChannelConfig | undefined): ProductReadout | undefined {
  if (config === undefined || config.adc.inlLsb !== undefined || config.adc.dnlLsb !== undefined) {
    return undefined;
  }
  const { ranges, maxVolts } = config.transimpedance;
  const range = config.range === 'auto' ? (ranges.length === 1 ? 0 : undefined) : config.range;
  return range === undefined ? undefined : { range: ranges[range]!, maxVolts, adc: config.adc };
}

function requireMatrix(geometry: Geometry, conductances: Float64Array): void {
  const { wordLines, bitLines } = geometry;
  const strange = conductances.findIndex((siemens) => !Number.isFinite(siemens));
  if (conductances.length !== cellCount(geometry) || strange >= 0) {
    const found = strange < 0 ? `${conductances.length} conductances` : `${conductances[strange]} S`;
    throw new UsageError(
      'conductance-shape',
      `inference: found ${found}, expected ${wordLines} x ${bitLines} finite conductances`,
    );
  }
}

function requireBatch({ wordLines }: Geometry, wordVolts: Float64Array, event: number): void {
  if (wordVolts.length % wordLines !== 0) {
    throw new UsageError(
      'voltage-shape',
      `inference: found ${wordVolts.length} voltages, expected a multiple of ${wordLines} word lines`,
    );
  }
  if (!Number.isSafeInteger(event) || event < 0) {
    throw new UsageError('event', `inference: found event ${event}, expected an integer from 0 to 2^53 - 1`);
  }
}
