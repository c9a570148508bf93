import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-file.ts';
import { loadRun } from '../files/load-run.ts';
import { runFileNames } from '../files/run-folder.ts';
import { recordCells } from './cell-record.ts';
import { renderPage } from './page.ts';
import { loadPlotter } from './plotter.ts';
import { runPage } from './run-page.ts';

/**
 * Write the report of a run into its folder: one HTML file that needs nothing else.
 *
 * @returns path of the report
 * @throws ConfigError when the folder is not a whole run, or cannot be written
 * @example
 * await writeReport('runs/first'); // "runs/first/report.html"
 */
export async function writeReport(runFolder: string): Promise<string> {
  const run = await loadRun(runFolder);
  const record = await recordCells(run);
  const page = renderPage(runPage(await loadPlotter(), run, record));
  const path = join(runFolder, runFileNames.report);
  await writeFileAtomically(path, page);
  return path;
}
