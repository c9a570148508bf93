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

/** `results.json` of a run folder: what the run was for, shown at the top of its report. */
export interface ExperimentResults {
  readonly title: string;
  readonly figures: readonly ResultFigure[];
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
