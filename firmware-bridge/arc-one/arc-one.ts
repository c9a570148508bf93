import type { Controller } from '../controller.ts';
import { parseSettings } from '../controller-settings.ts';
import { ArcOneBackend } from './arc-one-backend.ts';
import { identifyArcOne } from './identify.ts';
import { arcOneSettingsSchema } from './settings.ts';
import { largestArray } from './start-up.ts';
import { createVirtualArcOne } from './virtual-arc-one.ts';
import { virtualSettingsSchema } from './virtual-settings.ts';

/** ArC ONE: 32 x 32 lines behind an mbed, USB serial. What is known of it is in docs/controllers/arc-one.md. */
export const arcOne: Controller = {
  name: 'arc-one',
  title: 'ArC ONE memristor tester, up to 32 x 32',
  line: { baudRate: 921_600, dataBits: 8, parity: 'even', stopBits: 1, flowControl: 'none' },
  largestArray,
  createBackend: (options, settings) =>
    new ArcOneBackend(options, parseSettings(arcOneSettingsSchema, settings, 'controller.board')),
  createVirtualBoard: (options, settings, board) =>
    createVirtualArcOne(
      options,
      parseSettings(virtualSettingsSchema, settings, 'controller.virtual'),
      parseSettings(arcOneSettingsSchema, board, 'controller.board'),
    ),
  identify: identifyArcOne,
};
