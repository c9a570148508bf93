import type { Controller } from './controller.ts';

/** Every kind of controller by name, loaded when it is asked for; add one by adding its line. */
export const controllerTable = {
  'arc-one': async () => (await import('./arc-one/arc-one.ts')).arcOne,
  'open-mena': async () => (await import('./open-mena/open-mena.ts')).openMena,
  'bench-kit': async () => (await import('./bench-kit/bench-kit.ts')).benchKit,
  'arc-dico': async () => (await import('./arc-dico/arc-dico.ts')).arcDico,
} as const satisfies Record<string, () => Promise<Controller>>;

export type ControllerName = keyof typeof controllerTable;

/** Names for the command line. */
export const controllerNames = Object.keys(controllerTable) as readonly ControllerName[];
