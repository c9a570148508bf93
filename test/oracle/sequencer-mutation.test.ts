import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { everyAct, writeSequencer } from './sequencer-cases.ts';

const bench = { sources: ['-f', 'testbench.f'], top: 'sequencer_testbench' };

/** Word of an entry, what is added to it; the sum of the entry stays right, so that only the bench can tell. */
const tableMutations: readonly (readonly [what: string, entry: number, word: number, change: number])[] = [
  ['a pulse one tick longer', 0, 7, 1],
  ['a pulse one tick shorter', 0, 7, -1],
  ['another word line', 0, 1, 1],
  ['another bit line', 0, 2, -1],
  ['a selected word line one code higher', 2, 3, 1],
  ['unselected bit lines one code lower', 2, 6, -1],
  ['a gap one tick longer', 3, 9, 1],
  ['a wait one tick shorter', 1, 7, -1],
  ['no sample', 3, 0, -4],
  ['an early end', 5, 0, 8],
  ['another frame', 6, 1, -1],
];

const sourceMutations: readonly (readonly [what: string, file: string, from: string, to: string])[] = [
  ['a one-shot one tick too long', 'tick_timer.sv', 'remaining <= ONE', "remaining == '0"],
  [
    'a tick one clock too long',
    'tick_timer.sv',
    "phase == CLOCKS_PER_TICK - 16'd1",
    'phase == CLOCKS_PER_TICK',
  ],
  ['selected and unselected swapped', 'line_plan.sv', "addressed ? 2'd1 : 2'd2", "addressed ? 2'd2 : 2'd1"],
  ['bit lines addressed by the word line', 'line_plan.sv', 'on_bits ? bit_line : word_line', 'word_line'],
  [
    'rails closed during the dead time',
    'line_matrix.sv',
    'drive && on_selected',
    'phase != GROUNDED && on_selected',
  ],
  ['ground closed with the rails', 'line_matrix.sv', 'phase == GROUNDED ||', 'phase == GROUNDED || drive ||'],
  ['no dead time before an act', 'line_matrix.sv', 'else if (dead_over)', "else if (1'b1)"],
  [
    'no dead time after an act',
    'line_matrix.sv',
    'default:\n                if (dead_over)',
    "default:\n                if (1'b1)",
  ],
  [
    'the gap counted from a clock later',
    'pulse_sequencer.sv',
    '.LEAD_CLOCKS(DEAD_CLOCKS)',
    ".LEAD_CLOCKS(DEAD_CLOCKS - 16'd1)",
  ],
  [
    'DACs loaded in another order',
    'dac_loader.sv',
    "codes[{index, 4'd0} +: 16]",
    "codes[{~index, 4'd0} +: 16]",
  ],
  ['codes with the wrong zero', 'dac_loader.sv', 'code + ZERO_CODE', "code + ZERO_CODE + 16'd1"],
  ['a serial bit lost', 'spi_master.sv', "next >= 9'd4", "next >= 9'd20"],
  ['the outputs never enabled', 'sequencer_core.sv', "output_enable <= 1'b1", "output_enable <= 1'b0"],
  [
    'the multiplexer one bit line off',
    'adc_reader.sv',
    'channel      <= first',
    "channel      <= first + 16'd1",
  ],
  [
    'one sample too few of a frame',
    'sequencer_core.sv',
    "BIT_LINES - 16'd1 : bit_line",
    "BIT_LINES - 16'd2 : bit_line",
  ],
  [
    'results under another entry',
    'sequencer_core.sv',
    'if (fire) sense_entry <= entry',
    "if (fire) sense_entry <= entry + 16'd1",
  ],
  ['acts without a check of the sum', 'entry_fetch.sv', 'sum == `ENTRY_SUM', 'sum != `ENTRY_SUM'],
];

describe.skipIf(missingTools(['iverilog', 'vvp']).length > 0)('the test bench refuses', () => {
  test.each(tableMutations)('%s', async (_what, entry, word, change) => {
    const output = await simulate(async (folder) => {
      await edit(join(folder, 'pulse_table.hex'), (text) => {
        const lines = text.split('\n');
        const words = lines[entry]!.split(' ');
        add(words, word, change);
        add(words, 11, -change);
        lines[entry] = words.join(' ');
        return lines.join('\n');
      });
    });
    expect(output).toMatch(/^fail: /mu);
    expect(output).not.toMatch(/^pass$/mu);
  });

  test.each(sourceMutations)('%s', async (_what, file, from, to) => {
    const output = await simulate(async (folder) => {
      await edit(join(folder, file), (text) => text.replace(from, to));
    });
    expect(output).toMatch(/^fail: /mu);
    expect(output).not.toMatch(/^pass$/mu);
  });
});

async function simulate(mutate: (folder: string) => Promise<void>): Promise<string> {
  return inWorkFolder(async (folder) => {
    await writeSequencer(folder, everyAct);
    await mutate(folder);
    return simulateIcarus(bench, { folder });
  });
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(path, changed);
}

function add(words: string[], position: number, change: number): void {
  const value = (Number.parseInt(words[position]!, 16) + change) & 0xffff;
  words[position] = value.toString(16).padStart(4, '0');
}
