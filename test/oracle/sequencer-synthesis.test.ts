import { expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { placeIce40 } from '../../hdl-gen/toolchain/nextpnr-ice40.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { linkModules, rtlModules } from '../../hdl-gen/sequencer/rtl-sources.ts';
import { everyAct, writeSequencer } from './sequencer-cases.ts';

test.skipIf(missingTools(['yosys', 'nextpnr-ice40']).length > 0)(
  'a sequencer for 8 lines fits half an iCE40 HX8K at more than 40 MHz',
  async () => {
    await inWorkFolder(async (folder) => {
      await writeSequencer(folder, everyAct);
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
