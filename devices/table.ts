import type { DeviceModel } from '../src/model/device-model.ts';

/** A device model and its published parameter sets, each a file `parameters/<model>.<set>.json`. */
export interface DeviceEntry {
  readonly title: string;
  readonly sets: readonly string[];
  load(): Promise<DeviceModel>;
}

/** Every device model that ohmloom brings, by name; a model is loaded when it is first asked for. */
export const deviceTable = {
  'data-driven-2016': {
    title: 'Data-driven ReRAM, quadratic window (Messaris 2016)',
    sets: ['neuropack', 'virtual-arc', 'virtual-arc-alternative', 'tiox-2016'],
    load: async () => (await import('./data-driven-2016.ts')).dataDriven2016,
  },
  'data-driven-2018': {
    title: 'Data-driven ReRAM, exponential window (Messaris 2018), V > 0 raises R',
    sets: ['tiox-dut1', 'tiox-dut2'],
    load: async () => (await import('./data-driven-2018.ts')).dataDriven2018,
  },
  'data-driven-2018-reversed': {
    title: 'Data-driven ReRAM, exponential window (Messaris 2018), V > 0 lowers R',
    sets: ['taox', 'taox-tio2'],
    load: async () => (await import('./data-driven-2018-reversed.ts')).dataDriven2018Reversed,
  },
  vteam: {
    title: 'VTEAM without window (Kvatinsky 2015)',
    sets: ['technion', 'cas-2019', 'pt-hf-ti'],
    load: async () => (await import('./vteam.ts')).vteam,
  },
  'vteam-kvatinsky': {
    title: 'VTEAM with Kvatinsky windows (Kvatinsky 2015, 2013)',
    sets: ['cas-2019'],
    load: async () => (await import('./vteam-kvatinsky.ts')).vteamKvatinsky,
  },
  'linear-ion-drift': {
    title: 'Linear ion drift without window (Strukov 2008)',
    sets: ['technion-va'],
    load: async () => (await import('./linear-ion-drift.ts')).linearIonDrift,
  },
  'linear-ion-drift-joglekar': {
    title: 'Linear ion drift, Joglekar window (Joglekar 2009)',
    sets: ['joglekar-spice', 'joglekar-va', 'technion-va'],
    load: async () => (await import('./linear-ion-drift-joglekar.ts')).linearIonDriftJoglekar,
  },
  'linear-ion-drift-biolek': {
    title: 'Linear ion drift, Biolek window (Biolek 2009)',
    sets: ['biolek-spice', 'technion-va'],
    load: async () => (await import('./linear-ion-drift-biolek.ts')).linearIonDriftBiolek,
  },
  'linear-ion-drift-prodromakis': {
    title: 'Linear ion drift, Prodromakis window (Prodromakis 2011)',
    sets: ['technion-va'],
    load: async () => (await import('./linear-ion-drift-prodromakis.ts')).linearIonDriftProdromakis,
  },
} satisfies Record<string, DeviceEntry>;

/** Names of the models in the table. */
export type DeviceName = keyof typeof deviceTable;
