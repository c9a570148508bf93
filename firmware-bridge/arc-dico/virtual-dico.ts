import { createVirtualSource } from '../bench-kit/virtual-bench.ts';
import { VirtualOutput } from '../bench-kit/virtual-output.ts';
import type { VirtualBoardOptions } from '../controller.ts';
import { BoardProcess, receiveByte, type BoardStep } from '../virtual/board-process.ts';
import type { VirtualBoard } from '../virtual/virtual-board.ts';
import { requireGateArray } from './arc-dico-limits.ts';
import { gateVolts } from './gate-voltage.ts';
import { firmwareVersion } from './link.ts';
import { commands, highestCode, requestBytes } from './packet.ts';
import type { ArcDicoSettings } from './settings.ts';
import { VirtualGates } from './virtual-gates.ts';
import type { VirtualSettings } from './virtual-settings.ts';

const baudRate = 57_600;
const bitsPerByte = 10;

/** A DiCo that is not there, with the source-measure unit beside it. */
export interface VirtualDico extends VirtualBoard {
  readonly beside: { readonly source: VirtualBoard };
  readonly gates: VirtualGates;
  readonly output: VirtualOutput;
}

/**
 * Build a virtual DiCo over an emulated array of cells with transistors, by the firmware that was published for the
 * real one.
 *
 * @throws ConfigError for an array that has not one gate per word line
 */
export function createVirtualDico(
  { crossbar, clock }: Pick<VirtualBoardOptions, 'crossbar' | 'clock'>,
  settings: VirtualSettings,
  board: ArcDicoSettings,
): VirtualDico {
  requireGateArray(crossbar.geometry, board);
  const gates = new VirtualGates(crossbar, board.gates.pins, settings.threshold);
  const output = new VirtualOutput(gates);
  const process = new BoardProcess(() => firmware(gates), {
    clock,
    inputBytes: settings.inputBytes,
    realTime: settings.realTime,
    secondsPerByte: bitsPerByte / baudRate,
  });
  return {
    receive: (bytes) => process.receive(bytes),
    attach: (send) => process.attach(send),
    beside: { source: createVirtualSource(output, board.source, clock, settings) },
    gates,
    output,
  };
}

function* firmware(gates: VirtualGates): Generator<BoardStep, never, number> {
  const request = new DataView(new ArrayBuffer(requestBytes));
  let code = 0;
  let mask = 0;
  for (;;) {
    for (let position = 0; position < requestBytes; position++) {
      request.setUint8(position, yield* receiveByte());
    }
    const command = request.getUint8(0);
    const asked = request.getUint16(2, true);
    let status = 0;
    let payload = 0;
    switch (command) {
      case commands.status:
        break;
      case commands.version:
        payload = firmwareVersion;
        break;
      case commands.enable:
      case commands.setVoltage:
        if (asked > highestCode) {
          status = 1;
        } else {
          code = asked;
          gates.drive(gateVolts(code), mask);
          mask = command === commands.enable ? request.getUint32(4, false) : mask;
        }
        break;
      case commands.setPins:
        mask = request.getUint32(4, false);
        break;
      case commands.clear:
        code = 0;
        gates.drive(0, mask);
        mask = 0;
        break;
      case commands.disable:
        mask = 0;
        break;
      default:
        status = 2;
        payload = command;
    }
    gates.drive(gateVolts(code), mask);
    // The second byte is never written by the real firmware; it holds what memory held.
    yield { kind: 'send', bytes: Uint8Array.of(status, 0x5a, payload & 0xff, payload >> 8) };
  }
}
