import type { Crossbar } from '../src/array/crossbar.ts';
import type { Geometry } from '../src/array/geometry.ts';
import type { ReadChannel } from '../src/periphery/read-channel.ts';
import type { Backend } from '../src/run/backend.ts';
import type { DeviceKnowledge } from '../src/run/device-knowledge.ts';
import type { DriverGrid } from '../src/schedule/driver-grid.ts';
import type { Seconds } from '../src/units.ts';
import type { ArrayPermission } from './array-permission.ts';
import type { ByteStream } from './transport/byte-stream.ts';
import type { Clock } from './transport/clock.ts';
import type { LineSettings } from './transport/line-settings.ts';
import type { VirtualBoard } from './virtual/virtual-board.ts';

/** Settings of one kind of controller as a configuration holds them; its own schema checks them. */
export type ControllerSettings = Readonly<Record<string, unknown>>;

/** An instrument that stands beside a controller on the same bench, on a line of its own. */
export interface BesideLine {
  /** As its settings are called under `controller.board`. */
  readonly name: string;
  /** Its port, as the lab's configuration names it. */
  readonly port: string | undefined;
  readonly line: LineSettings;
}

/** What a driver needs to become a backend. */
export interface BoardOptions {
  /**
   * Opens the line, or that of an instrument beside; called when the backend is opened, and again when it is opened
   * after it was closed.
   */
  readonly connect: (beside?: BesideLine) => Promise<ByteStream>;
  readonly clock: Clock;
  /** The array that schedules are written for. */
  readonly geometry: Geometry;
  readonly driver: DriverGrid;
  readonly device: DeviceKnowledge;
  /** Rest between one act and the next. */
  readonly gap: Seconds;
  readonly permission: ArrayPermission | null;
}

/** What a virtual board needs: an emulated array and what looks at it. */
export interface VirtualBoardOptions {
  readonly crossbar: Crossbar;
  readonly readChannel: ReadChannel;
  readonly gap: Seconds;
  readonly clock: Clock;
}

/** One kind of controller: how its line is set, its driver, its virtual twin. */
export interface Controller {
  readonly name: string;
  readonly title: string;
  readonly line: LineSettings;
  /** The largest array that it addresses. */
  readonly largestArray: Geometry;
  /**
   * @param settings - `controller.board` of the lab
   * @throws ConfigError for settings, an array or a driver grid that the controller does not have
   */
  createBackend(options: BoardOptions, settings: ControllerSettings): Backend;
  /**
   * @param settings - `controller.virtual` of the lab
   * @param board - `controller.board` of the lab: what is believed of the real one holds for its twin
   * @throws ConfigError for settings that are none
   */
  createVirtualBoard(
    options: VirtualBoardOptions,
    settings: ControllerSettings,
    board: ControllerSettings,
  ): VirtualBoard;
  /**
   * Find out, by a question that changes nothing, whether this kind of controller answers.
   *
   * @returns what it says of itself, or null
   */
  identify(stream: ByteStream, clock: Clock): Promise<string | null>;
}
