import { z } from 'zod';

/** One key figure of an experiment. */
export interface ResultFigure {
  readonly label: string;
  /** SI base unit; a share of 1 where `unit` is `%`. */
  readonly value: number | string;
  /** SI symbol, or `%` for a share that is shown as a percentage. */
  readonly unit?: string;
  readonly note?: string;
}

export interface ResultTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** One value per column. */
  readonly rows: readonly (readonly (number | string)[])[];
}

/** One point of a curve, with the lowest and highest value where it is a mean. */
export interface ResultPoint {
  /** Place on the axis, as text: places stand side by side in the order of their first use. */
  readonly x: string;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** Curves over a setting that was swept. */
export interface ResultCurves {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** `%` for shares of 1 that are shown as percentages. */
  readonly yUnit?: string;
  readonly curves: readonly { readonly name: string; readonly points: readonly ResultPoint[] }[];
}

/** `results.json` of a run folder: what the run was for, shown at the top of its report. */
export interface ExperimentResults {
  readonly title: string;
  readonly figures: readonly ResultFigure[];
  readonly curves?: readonly ResultCurves[];
  readonly tables?: readonly ResultTable[];
}

/** Reader's view of `results.json`. */
export const experimentResultsSchema: z.ZodType<ExperimentResults> = z.object({
  title: z.string(),
  figures: z.array(
    z.object({
      label: z.string(),
      value: z.union([z.number(), z.string()]),
      unit: z.string().exactOptional(),
      note: z.string().exactOptional(),
    }),
  ),
  curves: z
    .array(
      z.object({
        title: z.string(),
        xLabel: z.string(),
        yLabel: z.string(),
        yUnit: z.string().exactOptional(),
        curves: z.array(
          z.object({
            name: z.string(),
            points: z.array(
              z.object({
                x: z.string(),
                y: z.number(),
                low: z.number().exactOptional(),
                high: z.number().exactOptional(),
              }),
            ),
          }),
        ),
      }),
    )
    .exactOptional(),
  tables: z
    .array(
      z.object({
        title: z.string(),
        columns: z.array(z.string()),
        rows: z.array(z.array(z.union([z.number(), z.string()]))),
      }),
    )
    .exactOptional(),
});
