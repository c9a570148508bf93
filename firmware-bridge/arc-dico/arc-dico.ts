import { createSourceMeter, plainLine, sourceLimits } from '../bench-kit/instruments.ts';
import { SourceBoard } from '../bench-kit/source-board.ts';
import { BoardBackend } from '../board-backend.ts';
import { requireBoardLimits } from '../board-limits.ts';
import type { BoardOptions, Controller } from '../controller.ts';
import { parseSettings } from '../controller-settings.ts';
import { largestArray, requireGateArray } from './arc-dico-limits.ts';
import { GateSelector, requireGateScheme } from './gate-selector.ts';
import { gateCode } from './gate-voltage.ts';
import { identifyArcDico } from './identify.ts';
import { DicoLink } from './link.ts';
import { arcDicoSettingsSchema, type ArcDicoSettings } from './settings.ts';
import { createVirtualDico } from './virtual-dico.ts';
import { virtualSettingsSchema } from './virtual-settings.ts';

const name = 'arc-dico';

/** ArC DiCo, which drives gates, and a source-measure unit. What is known of them is in docs/controllers/arc-dico.md. */
export const arcDico: Controller = {
  name,
  title: 'ArC DiCo driving the gates of up to 32 cells, with a source-measure unit (Keithley 2400 or 2600)',
  line: { ...plainLine, baudRate: 57_600 },
  largestArray,
  createBackend: (options, settings) =>
    createArcDico(options, parseSettings(arcDicoSettingsSchema, settings, 'controller.board')),
  createVirtualBoard: (options, settings, board) =>
    createVirtualDico(
      options,
      parseSettings(virtualSettingsSchema, settings, 'controller.virtual'),
      parseSettings(arcDicoSettingsSchema, board, 'controller.board'),
    ),
  identify: identifyArcDico,
};

/** The line is that of the DiCo; the source-measure unit is beside it. */
function createArcDico(options: BoardOptions, settings: ArcDicoSettings): BoardBackend {
  const { geometry, driver, clock, gap, connect } = options;
  const limits = sourceLimits(settings.source);
  requireGateArray(geometry, settings);
  requireBoardLimits(
    name,
    { ...limits, ...largestArray, minVolts: -limits.volts, maxVolts: limits.volts },
    geometry,
    driver,
  );
  gateCode(settings.gates.highest);
  const board = new SourceBoard({
    name,
    gap,
    limits,
    settings: settings.source,
    requireScheme: requireGateScheme,
    connectSource: async () => {
      const { port, baudRate } = settings.source;
      const stream = await connect({ name: 'source', port, line: { ...plainLine, baudRate } });
      return createSourceMeter(stream, clock, settings.source);
    },
    connectSelector: async () =>
      new GateSelector(new DicoLink(await connect(), settings.answer), clock, settings.gates),
  });
  return new BoardBackend(board, options, settings);
}
