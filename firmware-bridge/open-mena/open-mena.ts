import { BoardBackend } from '../board-backend.ts';
import { requireBoardLimits } from '../board-limits.ts';
import type { Controller } from '../controller.ts';
import { parseSettings } from '../controller-settings.ts';
import { identifyOpenMena } from './identify.ts';
import { OpenMenaBoard, openMenaLimits } from './open-mena-board.ts';
import { openMenaSettingsSchema } from './settings.ts';
import { createVirtualOpenMena } from './virtual-open-mena.ts';
import { virtualSettingsSchema } from './virtual-settings.ts';

/** OpenMENA: 8 x 8 lines on an Arduino Due. What is known of it is in docs/controllers/open-mena.md. */
export const openMena: Controller = {
  name: 'open-mena',
  title: 'OpenMENA board, up to 8 x 8',
  line: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  largestArray: { wordLines: openMenaLimits.wordLines, bitLines: openMenaLimits.bitLines },
  createBackend(options, settings) {
    const checked = parseSettings(openMenaSettingsSchema, settings, 'controller.board');
    requireBoardLimits('open-mena', openMenaLimits, options.geometry, options.driver);
    return new BoardBackend(new OpenMenaBoard(options, checked), options, checked);
  },
  createVirtualBoard: (options, settings, board) =>
    createVirtualOpenMena(
      options,
      parseSettings(virtualSettingsSchema, settings, 'controller.virtual'),
      parseSettings(openMenaSettingsSchema, board, 'controller.board'),
    ),
  identify: identifyOpenMena,
};
