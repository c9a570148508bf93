import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sealedLimits } from '../../hdl-gen/sequencer/sealed-limits.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { driver, everyAct, safeOperatingArea, writeSequencer } from './sequencer-cases.ts';

const bench = {
  sources: ['-f', 'board.f', 'dac_model.sv', 'adc_model.sv', 'line_monitor.sv', 'host_bench.sv'],
  top: 'host_bench',
};

/** Entries of the table of `everyAct`: its read of two cells is two of them. */
const entries = 8;

const mutations: readonly (readonly [what: string, file: string, from: string, to: string, found: string])[] =
  [
    [
      'an abort input that is not heard',
      'pulse_sequencer.sv',
      'aborting || abort_request',
      'abort_request',
      'outputs enabled a clock after an abort',
    ],
    [
      'a seal that closes nothing',
      'register_file.sv',
      'of_limit && sealed',
      "of_limit && 1'b0",
      'a write to a sealed limit is no fault',
    ],
    [
      'a start without a seal',
      'register_file.sv',
      'starts && !sealed',
      "starts && 1'b0",
      'a start before the seal',
    ],
    [
      'a start while a fault is latched',
      'sequencer_core.sv',
      'start && fault == `FAULT_NONE &&',
      'start &&',
      'a start with a fault latched',
    ],
    [
      'DACs that keep their codes after a stop',
      'sequencer_core.sv',
      'dac_zero     = state != LOAD',
      'dac_zero     = state == ZERO',
      'a DAC that is not at 0 V',
    ],
    [
      'a result that is lost in silence',
      'result_fifo.sv',
      'push && full && !reset',
      "1'b0",
      'STATUS after a lost result',
    ],
    [
      'an answer that comes a bit late',
      'host_link.sv',
      "count == 5'd8 ? host_read",
      "count == 5'd9 ? host_read",
      'IDENTITY',
    ],
  ];

describe.skipIf(missingTools(['iverilog', 'vvp']).length > 0)('a host on the pins of the board', () => {
  test('reads, seals, runs, takes results and aborts', async () => {
    expect(await simulate(async () => {})).toMatch(/^pass$/mu);
  });

  test.each(mutations)('notices %s', async (_what, file, from, to, found) => {
    const output = await simulate(async (folder) => {
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).toContain(from);
      await writeFile(join(folder, file), text.replace(from, to));
    });
    expect(output).toContain(`fail: ${found},`);
    expect(output).not.toMatch(/^pass$/mu);
  });
});

async function simulate(mutate: (folder: string) => Promise<void>): Promise<string> {
  return inWorkFolder(async (folder) => {
    await writeSequencer(folder, everyAct, { resultDepthBits: 2 });
    const limits = sealedLimits(safeOperatingArea, driver, everyAct.geometry, entries);
    await writeFile(join(folder, 'limits.hex'), Array.from(limits, (limit) => limit.toString(16)).join('\n'));
    await copyFile(new URL('./sequencer-host/host_bench.sv', import.meta.url), join(folder, 'host_bench.sv'));
    await mutate(folder);
    return simulateIcarus(bench, { folder });
  });
}
