import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';
import { runYosys } from './yosys.ts';

/** What a design takes of an iCE40, after place and route. */
export interface PlacedDesign {
  /** Logic cells: a lookup table, a carry and a flip-flop each. */
  readonly logicCells: number;
  readonly blockRams: number;
  /** Fastest clock, hertz. */
  readonly clockHertz: number;
}

export interface Ice40Input {
  readonly sources: readonly string[];
  readonly top: string;
  readonly device: 'hx1k' | 'hx8k';
}

const packages = { hx1k: 'tq144', hx8k: 'ct256' } as const;

const reportSchema = z.object({
  fmax: z.record(z.string(), z.object({ achieved: z.number() })),
  utilization: z.object({
    ICESTORM_LC: z.object({ used: z.number() }),
    ICESTORM_RAM: z.object({ used: z.number() }),
  }),
});

/**
 * Synthesise a design with yosys and place it with nextpnr, with free choice of pins.
 *
 * @throws ToolError when a tool is missing, or the design does not fit
 */
export async function placeIce40(
  { sources, top, device }: Ice40Input,
  run: ProgramRun,
): Promise<PlacedDesign> {
  await runYosys([`read_verilog -sv ${sources.join(' ')}`, `synth_ice40 -top ${top} -json ${top}.json`], run);
  await runTool(
    'nextpnr-ice40',
    [
      `--${device}`,
      '--package',
      packages[device],
      '--json',
      `${top}.json`,
      '--asc',
      `${top}.asc`,
      '--report',
      `${top}.report.json`,
      '--seed',
      '1',
      '--pcf-allow-unconstrained',
      '--timing-allow-fail',
    ],
    run,
    /^ERROR/u,
  );
  const report = reportSchema.parse(
    JSON.parse(await readFile(join(run.folder, `${top}.report.json`), 'utf8')),
  );
  const clocks = Object.values(report.fmax).map(({ achieved }) => achieved);
  return {
    logicCells: report.utilization.ICESTORM_LC.used,
    blockRams: report.utilization.ICESTORM_RAM.used,
    clockHertz: Math.min(...clocks) * 1e6,
  };
}
