import { BoardBackend } from '../board-backend.ts';
import { requireBoardLimits } from '../board-limits.ts';
import type { BoardOptions, Controller } from '../controller.ts';
import { parseSettings } from '../controller-settings.ts';
import { identifySource } from './identify.ts';
import { createLink, createSourceMeter, factoryBaudRate, plainLine, sourceLimits } from './instruments.ts';
import { RelayMatrix } from './relay-matrix.ts';
import { RelaySelector, requireLinearArray, requireRelayScheme } from './relay-selector.ts';
import { benchKitSettingsSchema, type BenchKitSettings } from './settings.ts';
import { SourceBoard } from './source-board.ts';
import { createVirtualBench } from './virtual-bench.ts';
import { virtualSettingsSchema } from './virtual-settings.ts';

const name = 'bench-kit';

/** Lines of the largest mainframe, all on one kind. */
const mostLines = 40;

/** A source-measure unit and a relay matrix. What is known of them is in docs/controllers/bench-kit.md. */
export const benchKit: Controller = {
  name,
  title: 'source-measure unit (Keithley 2400 or 2600) and relay matrix (2700 or 2750 with 7709)',
  line: { ...plainLine, baudRate: factoryBaudRate },
  largestArray: { wordLines: mostLines - 1, bitLines: mostLines - 1 },
  createBackend: (options, settings) =>
    createBenchKit(options, parseSettings(benchKitSettingsSchema, settings, 'controller.board')),
  createVirtualBoard: (options, settings, board) =>
    createVirtualBench(
      options,
      parseSettings(virtualSettingsSchema, settings, 'controller.virtual'),
      parseSettings(benchKitSettingsSchema, board, 'controller.board'),
    ),
  identify: identifySource,
};

/**
 * A backend for a bench, whose line is that of the source-measure unit; the matrix is beside it.
 *
 * @throws ConfigError for an array, a wiring or a driver grid that the bench does not have
 */
export function createBenchKit(options: BoardOptions, settings: BenchKitSettings): BoardBackend {
  const { geometry, driver, clock, gap } = options;
  const limits = sourceLimits(settings.source);
  requireLinearArray(geometry, settings.matrix);
  requireBoardLimits(
    name,
    { ...limits, ...benchKit.largestArray, minVolts: -limits.volts, maxVolts: limits.volts },
    geometry,
    driver,
  );
  const board = new SourceBoard({
    name,
    gap,
    limits,
    connectSource: async () => createSourceMeter(await options.connect(), clock, settings.source),
    settings: settings.source,
    requireScheme: (bias) => requireRelayScheme(bias, settings.matrix),
    connectSelector: async () => {
      const { port, baudRate } = settings.matrix;
      const stream = await options.connect({ name: 'matrix', port, line: { ...plainLine, baudRate } });
      const link = createLink(stream, clock, 'relay matrix', settings.matrix.answer);
      return new RelaySelector(new RelayMatrix(link, settings.matrix), settings.matrix);
    },
  });
  return new BoardBackend(board, options, settings);
}
