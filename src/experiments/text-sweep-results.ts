import type { ExperimentResults, ResultCurves, ResultTable } from '../files/experiment-results.ts';
import { study, type Approach } from './text-study.ts';
import {
  pointName,
  settingsAlong,
  type SweepPoint,
  type SweepSettings,
  type SweptSetting,
} from './text-sweep-points.ts';

/** One measurement with what it gave. */
export interface SweepRow extends SweepPoint {
  readonly accuracy: number;
  readonly pulses: number;
}

/** Mean over the seeds, with lowest and highest. */
interface Place {
  readonly label: string;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
  readonly pulses: number;
  readonly seeds: number;
}

interface Line {
  readonly name: string;
  readonly places: readonly Place[];
}

const names: Readonly<Record<Approach, string>> = { conversion: 'converted', direct: 'trained on the array' };

const titles: Readonly<Record<SweptSetting, { readonly title: string; readonly label: string }>> = {
  steps: { title: 'Length of the spike trains', label: 'time steps' },
  readNoise: { title: 'Read noise', label: 'half width of the scatter of a read' },
  tolerance: { title: 'Stop condition: tolerance', label: 'accepted distance from the target' },
  maxPulses: { title: 'Stop condition: rounds', label: 'most rounds of write-verify' },
};

/**
 * Put the rows of a sweep together: one curve and one table a setting.
 *
 * @param rows - in any order; a setting's curve takes those that differ from `base` in nothing else
 */
export function sweepResults(
  data: string,
  base: SweepSettings,
  settings: readonly SweptSetting[],
  rows: readonly SweepRow[],
): ExperimentResults {
  const swept = settings.map((setting) => ({ setting, lines: linesOf(setting, base, rows) }));
  const best = Math.max(...rows.map(({ accuracy }) => accuracy));
  return {
    title: `Sweeps of text classification on a memristor array: ${data}`,
    figures: [
      { label: 'Measurements', value: rows.length, note: study.citation },
      ...(rows.length === 0 ? [] : [{ label: 'Best accuracy', value: best, unit: '%' }]),
    ],
    curves: swept.map(({ setting, lines }) => curvesOf(setting, lines)),
    tables: swept.flatMap(({ setting, lines }) => lines.map((line) => tableOf(setting, line))),
  };
}

function linesOf(setting: SweptSetting, base: SweepSettings, rows: readonly SweepRow[]): Line[] {
  const approaches = [...new Set(rows.map(({ approach }) => approach))];
  return approaches.map((approach) => ({
    name: names[approach],
    places: settingsAlong(setting, base).flatMap((settings) => {
      const at = rows.filter(
        (row) => row.approach === approach && pointName(row) === pointName({ ...row, settings }),
      );
      return at.length === 0 ? [] : [placeOf(labelOf(setting, settings[setting]), at)];
    }),
  }));
}

function placeOf(label: string, rows: readonly SweepRow[]): Place {
  const accuracies = rows.map(({ accuracy }) => accuracy);
  return {
    label,
    accuracy: meanOf(accuracies),
    low: Math.min(...accuracies),
    high: Math.max(...accuracies),
    pulses: meanOf(rows.map(({ pulses }) => pulses)),
    seeds: rows.length,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Shares are written as percentages. */
function labelOf(setting: SweptSetting, value: number): string {
  return setting === 'readNoise' || setting === 'tolerance'
    ? `${Number((100 * value).toPrecision(3))} %`
    : String(value);
}

function curvesOf(setting: SweptSetting, lines: readonly Line[]): ResultCurves {
  const { title, label } = titles[setting];
  return {
    title,
    xLabel: label,
    yLabel: 'accuracy',
    yUnit: '%',
    curves: lines.map(({ name, places }) => ({
      name,
      points: places.map(({ label, accuracy, low, high }) => ({ x: label, y: accuracy, low, high })),
    })),
  };
}

function tableOf(setting: SweptSetting, { name, places }: Line): ResultTable {
  const { title, label } = titles[setting];
  const percent = (value: number): string => (100 * value).toFixed(2);
  return {
    title: `${title}, ${name}`,
    columns: [label, 'Accuracy (lowest to highest)', 'Pulses', 'Seeds'],
    rows: places.map(({ label, accuracy, low, high, pulses, seeds }) => [
      label,
      `${percent(accuracy)} % (${percent(low)} to ${percent(high)})`,
      Math.round(pulses),
      seeds,
    ]),
  };
}
