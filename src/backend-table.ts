import type { Geometry } from './array/geometry.ts';
import type { Lab } from './lab/lab.ts';
import type { Backend } from './run/backend.ts';

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
