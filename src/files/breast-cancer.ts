import { readAllBytes } from './byte-stream.ts';
import { damagedData, dataSources } from './data-source.ts';

/** Cytology of breast tumours. */
export interface BreastCancerCases {
  /** Names of the features, in the order of their columns. */
  readonly features: readonly string[];
  /** [cases x 9], each 1 to 10; NaN where the file has "?". */
  readonly values: Float64Array;
  /** [cases], 1 for malignant. */
  readonly malignant: Uint8Array;
}

const source = dataSources.breastCancer;
const maxBytes = 1 << 22;
const columns = 11;

const features = [
  'clump thickness',
  'uniformity of cell size',
  'uniformity of cell shape',
  'marginal adhesion',
  'single epithelial cell size',
  'bare nuclei',
  'bland chromatin',
  'normal nucleoli',
  'mitoses',
] as const;

/**
 * Read the original Wisconsin breast cancer data in the format of the UCI repository: no header, an id, nine features
 * and a class of 2 (benign) or 4 (malignant), split by commas.
 *
 * @throws ConfigError naming file, line and column
 * @example
 * const { values, malignant } = await readBreastCancer('breast-cancer-wisconsin.data');
 */
export async function readBreastCancer(path: string): Promise<BreastCancerCases> {
  const lines = (await readAllBytes(path, source, maxBytes)).toString('utf8').split(/\r?\n/u);
  while (lines.at(-1)?.trim() === '') {
    lines.pop();
  }
  const values = new Float64Array(lines.length * features.length);
  const malignant = new Uint8Array(lines.length);
  for (const [index, line] of lines.entries()) {
    const cells = line.split(',');
    const where = `${path}:${index + 1}`;
    if (cells.length !== columns) {
      throw damagedData(
        source,
        where,
        `${cells.length} columns`,
        `${columns} split by commas, and no header`,
      );
    }
    for (const [feature, name] of features.entries()) {
      values[index * features.length + feature] = parseFeature(cells[feature + 1]!, `${where}, ${name}`);
    }
    malignant[index] = parseClass(cells[columns - 1]!, where);
  }
  if (lines.length === 0) {
    throw damagedData(source, path, 'an empty file', 'one case a line');
  }
  return { features, values, malignant };
}

function parseFeature(text: string, where: string): number {
  if (text === '?') {
    return Number.NaN;
  }
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 10)) {
    throw damagedData(source, where, `"${text}"`, 'an integer from 1 to 10, or "?"');
  }
  return value;
}

function parseClass(text: string, where: string): number {
  if (text !== '2' && text !== '4') {
    throw damagedData(source, `${where}, class`, `"${text}"`, '2 (benign) or 4 (malignant)');
  }
  return text === '4' ? 1 : 0;
}
