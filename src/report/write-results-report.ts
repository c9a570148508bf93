import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-file.ts';
import type { ExperimentResults } from '../files/experiment-results.ts';
import { readPackageInfo } from '../files/package-info.ts';
import { runFileNames } from '../files/run-folder.ts';
import { resultHeadline } from './headline.ts';
import { renderPage } from './page.ts';
import { loadPlotter } from './plotter.ts';
import { resultSections } from './result-sections.ts';

/**
 * Write the report of an experiment that is no single run, such as a sweep: its figures, curves and tables.
 *
 * @returns path of the report
 * @throws ConfigError when it cannot be written
 * @example
 * await writeResultsReport('runs/sweep', { title: 'Sweep', figures: [] }); // "runs/sweep/report.html"
 */
export async function writeResultsReport(folder: string, results: ExperimentResults): Promise<string> {
  const { name, version } = readPackageInfo();
  const page = renderPage({
    title: results.title,
    subtitle: folder,
    headline: resultHeadline(results),
    sections: resultSections(await loadPlotter(), results),
    footer: `Written by ${name} ${version}.`,
  });
  const path = join(folder, runFileNames.report);
  await writeFileAtomically(path, page);
  return path;
}
