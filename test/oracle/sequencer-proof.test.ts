import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { proveBounded, proveInductively, writeProofModel } from '../../hdl-gen/toolchain/yosys-smtbmc.ts';
import { everyAct, writeSequencer } from './sequencer-cases.ts';

/** A module with the parameters of its proof, small where size changes nothing but the time of the solver. */
interface Subject {
  readonly sources: readonly string[];
  readonly top: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Clocks over which the induction holds. */
  readonly depth: number;
}

const subjects = {
  tick_timer: {
    sources: ['tick_timer.sv'],
    top: 'tick_timer',
    parameters: { CLOCKS_PER_TICK: 2, LEAD_CLOCKS: 3, TICK_BITS: 5 },
    depth: 1,
  },
  dac_loader: {
    sources: ['spi_master.sv', 'dac_loader.sv'],
    top: 'dac_loader',
    parameters: { DAC_BITS: 3, FRAME_BITS: 4, ZERO_CODE: 4 },
    depth: 2,
  },
  line_matrix: {
    sources: ['tick_timer.sv', 'line_matrix.sv'],
    top: 'line_matrix',
    parameters: { LINES: 3, CLOCKS_PER_TICK: 2, DEAD_CLOCKS: 2, TICK_BITS: 5 },
    depth: 4,
  },
  line_plan: {
    sources: ['line_plan.sv'],
    top: 'line_plan',
    parameters: { WORD_LINES: 3, BIT_LINES: 2 },
    depth: 1,
  },
  limit_check: {
    sources: ['limit_check.sv'],
    top: 'limit_check',
    parameters: { DAC_BITS: 12, ZERO_CODE: 2048 },
    depth: 1,
  },
  sequencer_core: {
    sources: ['sequencer_core.sv'],
    top: 'sequencer_core',
    parameters: { SETTLE_CLOCKS: 1 },
    depth: 1,
  },
} as const satisfies Record<string, Subject>;

/** What is broken, in which proof it must be found, and how. */
const breaks: readonly (readonly [
  what: string,
  subject: keyof typeof subjects,
  file: string,
  from: string,
  to: string,
])[] = [
  ['ground closed with the rails', 'line_matrix', 'line_matrix.sv', 'phase == GROUNDED ||', 'drive ||'],
  ['both rails on a line', 'line_matrix', 'line_matrix.sv', 'drive && on_unselected', 'drive'],
  [
    'no dead time',
    'line_matrix',
    'line_matrix.sv',
    'default:\n                if (dead_over)',
    "default:\n                if (1'b1)",
  ],
  [
    'no dead time when a reset breaks an act off',
    'line_matrix',
    'line_matrix.sv',
    'DRIVING: if (halt',
    'DRIVING: if (reset) phase <= GROUNDED; else if (halt',
  ],
  [
    'no sealed limit in the one-shot',
    'line_matrix',
    'tick_timer.sv',
    'ticks > limit ? limit : ticks',
    'ticks',
  ],
  ['one tick too many', 'tick_timer', 'tick_timer.sv', 'remaining <= ONE', "remaining == '0"],
  ['a stop that is not heard', 'line_matrix', 'line_matrix.sv', 'reset || stop;', 'reset;'],
  ['a DAC left out', 'dac_loader', 'dac_loader.sv', "index + 2'd1", "index + 2'd2"],
  ['two DACs selected at once', 'dac_loader', 'dac_loader.sv', '|| index != dac', '|| index[0] != dac[0]'],
  ['a line outside the window', 'line_plan', 'line_plan.sv', 'line <= bit_last', "line <= bit_last + 16'd1"],
  [
    'a forbidden switch position',
    'line_plan',
    'line_plan.sv',
    "wanted == 2'd3",
    "wanted == 2'd3 && !on_bits",
  ],
  ['another cell selected', 'line_plan', 'line_plan.sv', 'on_bits ? bit_line : word_line', 'bit_line'],
  [
    'a pair of levels that is not looked at',
    'limit_check',
    'limit_check.sv',
    "4'd11:   {word_level, bit_level} = {2'd2, 2'd1}",
    "4'd11:   {word_level, bit_level} = {2'd2, 2'd2}",
  ],
  [
    'a limit that is off by one',
    'limit_check',
    'limit_check.sv',
    "value > $signed({1'b0, positive})",
    "value > $signed({1'b0, positive}) + 1",
  ],
  [
    'read limits for pulses',
    'limit_check',
    'limit_check.sv',
    'end else if (sense) begin',
    'end else if (!sense) begin',
  ],
  ['a width that is too long', 'limit_check', 'limit_check.sv', 'width > longest', "width > longest + 32'd1"],
  [
    'a code that wraps around',
    'limit_check',
    'limit_check.sv',
    "register >> DAC_BITS != 17'd0",
    "register >> DAC_BITS > 17'd1",
  ],
  [
    'a refused entry that goes on',
    'sequencer_core',
    'sequencer_core.sv',
    'trouble = check_fault',
    'trouble = `FAULT_NONE',
  ],
  [
    'a plan with a fault that goes on',
    'sequencer_core',
    'sequencer_core.sv',
    'trouble = plan_fault',
    'trouble = `FAULT_NONE',
  ],
  [
    'outputs before the DACs hold 0 V',
    'sequencer_core',
    'sequencer_core.sv',
    'ZERO: if (begun && !dac_busy)',
    'ZERO: if (begun)',
  ],
  [
    'an act before the DACs are loaded',
    'sequencer_core',
    'sequencer_core.sv',
    'LOAD: if (begun && !dac_busy)',
    'LOAD: if (begun)',
  ],
  [
    'a start together with an abort',
    'sequencer_core',
    'sequencer_core.sv',
    'fault == `FAULT_NONE && trouble == `FAULT_NONE) begin',
    'fault == `FAULT_NONE) begin',
  ],
  [
    'an abort that leaves the outputs enabled',
    'sequencer_core',
    'sequencer_core.sv',
    "enter(STOP);\n                    output_enable <= 1'b0;",
    'enter(STOP);',
  ],
  ['a late act', 'sequencer_core', 'sequencer_core.sv', 'else if (late ||', 'else if ('],
];

const noTools = missingTools(['yosys', 'z3']).length > 0;

describe.skipIf(noTools)('proven for every input, at any time', () => {
  test.each(Object.keys(subjects).map((name) => [name as keyof typeof subjects]))(
    '%s',
    async (name) => {
      await inWorkFolder(async (folder) => {
        await writeSequencer(folder, everyAct);
        const { depth, top, ...input } = subjects[name];
        await writeProofModel({ ...input, top }, { folder });
        expect(await proveBounded(top, depth + 2, { folder, deadline: 240 })).toMatchObject({ proven: true });
        expect(await proveInductively(top, depth, { folder, deadline: 240 })).toMatchObject({ proven: true });
      });
    },
    500_000,
  );
});

describe.skipIf(noTools)('the induction fails for', () => {
  test.each(breaks)(
    '%s',
    async (_what, name, file, from, to) => {
      await inWorkFolder(async (folder) => {
        await writeSequencer(folder, everyAct);
        const path = join(folder, file);
        const text = await readFile(path, 'utf8');
        expect(text).toContain(from);
        await writeFile(path, text.replace(from, to));
        const { depth, top, ...input } = subjects[name];
        await writeProofModel({ ...input, top }, { folder });
        const proof = await proveInductively(top, depth, { folder, deadline: 240 });
        expect(proof).toMatchObject({ proven: false });
        expect(proof.log).toMatch(/Assert failed in/u);
      });
    },
    300_000,
  );
});
