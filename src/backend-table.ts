import type { BoardConnection } from '../firmware-bridge/connect-controller.ts';
import type { ControllerName } from '../firmware-bridge/controller-table.ts';
import type { Geometry } from './array/geometry.ts';
import type { Lab } from './lab/lab.ts';
import type { Backend } from './run/backend.ts';

/** A real controller on a port. */
export interface BoardRequest {
  readonly controller: ControllerName;
  readonly port: string;
  /** File to keep every byte in. */
  readonly trace?: string | undefined;
  /** The array that irreversible acts are permitted on. */
  readonly permit?: string | undefined;
}

export interface BackendRequest {
  readonly lab: Lab;
  readonly geometry: Geometry;
  readonly seed: number;
  /** Run folder that a replay answers from. */
  readonly recording?: string;
}

/** What can execute a schedule, by name; each is loaded when it is asked for. */
export const backendTable = {
  simulated: async ({ lab, geometry, seed }: BackendRequest): Promise<Backend> => {
    const { simulateLab } = await import('./lab/simulate-lab.ts');
    return simulateLab(lab, geometry, seed).backend;
  },
  replay: async ({ lab, geometry, recording }: BackendRequest): Promise<Backend> => {
    const { openRecording } = await import('./lab/open-recording.ts');
    return openRecording(lab, geometry, recording);
  },
} as const;

export type BackendName = keyof typeof backendTable;

/** What a driver must know of a lab's array. */
export function arrayOptions({ lab, geometry }: Pick<BackendRequest, 'lab' | 'geometry'>, permit?: string) {
  return {
    geometry,
    driver: lab.driver,
    device: lab.knowledge,
    gap: lab.config.controller.gap,
    permission: permit === undefined ? null : { array: permit },
  };
}

/**
 * The backend of a real controller, on an open port.
 *
 * @throws TransportError when the port cannot be opened
 * @throws ConfigError for settings, an array or a driver grid that the controller does not have
 */
export async function openBoard(
  request: Pick<BackendRequest, 'lab' | 'geometry'>,
  { controller: name, port, trace, permit }: BoardRequest,
): Promise<BoardConnection> {
  const { controllerTable } = await import('../firmware-bridge/controller-table.ts');
  const { connectController } = await import('../firmware-bridge/connect-controller.ts');
  const controller = await controllerTable[name]();
  const { board } = request.lab.config.controller;
  return connectController(controller, port, arrayOptions(request, permit), board, trace);
}
