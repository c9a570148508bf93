import type { NeuronModel } from '../../model/neuron-model.ts';

/** A neuron that ohmloom brings, and the file of this folder that holds its equations. */
export interface NeuronEntry {
  readonly title: string;
  /** Without `.ts`. */
  readonly file: string;
  load(): Promise<NeuronModel>;
}

/** Every neuron by name; a neuron is loaded when it is first asked for. */
export const neuronTable = {
  'integrate-and-fire': {
    title: 'Integrate-and-fire circuit: capacitor, leak, comparator, reset switch',
    file: 'integrate-and-fire',
    load: async () => (await import('./integrate-and-fire.ts')).integrateAndFire,
  },
  lif: {
    title: 'Leaky integrate-and-fire, discrete, soft reset',
    file: 'leaky-integrate-and-fire',
    load: async () => (await import('./leaky-integrate-and-fire.ts')).leakyIntegrateAndFire,
  },
  alif: {
    title: 'Adaptive leaky integrate-and-fire, discrete, soft reset',
    file: 'adaptive-leaky-integrate-and-fire',
    load: async () => (await import('./adaptive-leaky-integrate-and-fire.ts')).adaptiveLeakyIntegrateAndFire,
  },
  izhikevich: {
    title: 'Izhikevich (2003), forward Euler',
    file: 'izhikevich',
    load: async () => (await import('./izhikevich.ts')).izhikevich,
  },
} satisfies Record<string, NeuronEntry>;

/** Names of the neurons in the table. */
export type NeuronName = keyof typeof neuronTable;
