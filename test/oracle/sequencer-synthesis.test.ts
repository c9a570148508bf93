import { expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { placeIce40 } from '../../hdl-gen/toolchain/nextpnr-ice40.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { linkModules, rtlModules } from '../../hdl-gen/sequencer/rtl-sources.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { writeSequencer } from './sequencer-cases.ts';

/** Few lines, for most of the circuit does not depend on them. */
const schedule = createSchedule({ wordLines: 2, bitLines: 2 }, [
  { kind: 'pulse', cell: { word: 1, bit: 0 }, volts: 1, width: 1e-6, bias: 'half' },
]);

test.skipIf(missingTools(['yosys', 'nextpnr-ice40']).length > 0)(
  'a sequencer for 4 lines fits half an iCE40 HX8K at more than 40 MHz',
  async () => {
    await inWorkFolder(async (folder) => {
      await writeSequencer(folder, schedule, { tableEntries: 64 });
      const sources = [...rtlModules, ...linkModules, 'sequencer_board'].map((name) => `${name}.sv`);
      const placed = await placeIce40(
        { sources, top: 'sequencer_board', device: 'hx8k' },
        { folder, deadline: 540 },
      );
      expect(placed.logicCells).toBeGreaterThan(1500);
      expect(placed.logicCells).toBeLessThan(4200);
      expect(placed.blockRams).toBeGreaterThan(0);
      expect(placed.blockRams).toBeLessThan(8);
      expect(placed.clockHertz).toBeGreaterThan(40e6);
    });
  },
  600_000,
);
