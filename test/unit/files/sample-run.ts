import { createRunFolder, type RunFolder } from '../../../src/files/run-folder.ts';
import type { RunEvent, RunManifest } from '../../../src/run/run-record.ts';
import { operationDigest, safeOperatingAreaDigest, scheduleDigest } from '../../../src/schedule/digest.ts';
import { encodeSchedule } from '../../../src/schedule/encode.ts';
import type { Certificate, SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';

/** Data of a small run, for tests of files and report. */
export const sampleGeometry = { wordLines: 2, bitLines: 3 };

export const sampleSafeOperatingArea: SafeOperatingArea = {
  format: 'ohmloom-soa',
  version: 1,
  array: 'sample',
  source: 'invented for tests',
  voltage: {
    pulse: { positive: 2, negative: 2 },
    read: { positive: 0.3, negative: 0.3 },
    line: 2,
    unselected: 1.1,
  },
  width: { pulse: { min: 1e-8, max: 1e-3 }, read: { min: 1e-7, max: 1e-3 } },
  envelope: [{ volts: 2, width: 1e-3 }],
  energy: { perPulse: 1e-9, lowestResistance: 5000 },
  compliance: { current: 1e-3, seriesResistance: 0, lineCurrent: 1e-2 },
  halfSelect: [{ volts: 1, total: 1 }],
  endurance: { pulsesPerCell: 1000, cyclesPerCell: 100, readsPerCell: 10_000 },
  response: { conductance: { min: 1e-7, max: 1e-3 }, relativeStep: 5, wrongDirection: 10 },
};

export const sampleTargets = new Float64Array([1e-5, 2e-5, 3e-5, 4e-5, 5e-5, 6e-5]);
export const sampleBefore = new Float64Array(6).fill(5e-6);
export const sampleConductances = new Float64Array([1.002e-5, 2e-5, 2.98e-5, 4.01e-5, 5e-5, 4.5e-5]);

const sampleCells = Array.from(sampleTargets, (_, index) => ({
  word: Math.floor(index / 3),
  bit: index % 3,
}));

export const sampleSchedule = createSchedule(sampleGeometry, [
  {
    kind: 'programVerify',
    cells: sampleCells,
    targets: [...sampleTargets],
    tolerance: 0.01,
    policy: { name: 'ispp', parameters: {} },
    read: { volts: 0.2, width: 1e-6, bias: 'grounded' },
    bias: 'half',
    envelope: { pulses: [{ volts: 0.8, width: 1e-7 }], maxPulses: 10, maxReads: 11 },
  },
  { kind: 'read', cells: [{ word: 1, bit: 2 }], volts: 0.2, width: 1e-6, bias: 'grounded' },
]);

const sampleDigests = {
  config: 'a'.repeat(64),
  schedule: scheduleDigest(sampleSchedule),
  safeOperatingArea: safeOperatingAreaDigest(sampleSafeOperatingArea),
  driver: 'd'.repeat(64),
};

export const sampleManifest: RunManifest = {
  format: 'ohmloom-run',
  version: 1,
  runId: '20261122T030405Z-amber-anode-arch-atom',
  createdBy: { name: 'ohmloom', version: '0.1.0', node: 'v20.20.2' },
  command: 'program',
  seed: 7,
  startedAt: '2026-11-22T03:04:05.000Z',
  endedAt: '2026-11-22T03:04:09.000Z',
  status: 'done',
  config: { tolerance: 0.01, device: 'vteam' },
  digests: sampleDigests,
  device: { model: 'vteam', set: 'vteam-linear-ion-drift', source: 'doi 10.1109/TCSII.2015.2433536' },
  controller: 'simulated',
  summary: {
    cells: 6,
    converged: 5,
    gaveUp: 1,
    stuckHigh: 0,
    stuckLow: 0,
    unreachable: 0,
    pulses: 13,
    reads: 19,
    energyJoules: 3e-9,
    hardwareSeconds: 2e-5,
  },
};

export const sampleCertificate: Certificate = {
  format: 'ohmloom-certificate',
  version: 1,
  scheduleDigest: sampleDigests.schedule,
  safeOperatingAreaDigest: sampleDigests.safeOperatingArea,
  driverDigest: sampleDigests.driver,
  limits: [
    { limit: 'voltage.pulse.positive', unit: 'V', allowed: 2, worst: 1.6, margin: 0.2, operation: 0 },
    { limit: 'width.pulse.min', unit: 's', allowed: 1e-8, worst: 1e-7, margin: 9, operation: 0 },
    { limit: 'energy.perPulse', unit: 'J', allowed: 1e-9, worst: 9.8e-10, margin: 0.02, operation: 1 },
    { limit: 'voltage.pulse.negative', unit: 'V', allowed: 2, worst: 0, margin: 1, operation: null },
  ],
};

/** One write-verify operation over six cells: cell n takes n + 1 pulses, the last one gives up, at 3 pulses. */
export const sampleEvents: readonly RunEvent[] = [
  {
    operation: 0,
    digest: operationDigest(sampleSchedule.operations[0]!),
    at: 0,
    result: {
      kind: 'programVerify',
      cells: sampleCells.map((cell, index) => {
        const pulses = index === 5 ? 3 : index;
        const end = sampleConductances[index]!;
        return {
          cell,
          target: sampleTargets[index]!,
          outcome: index === 5 ? ('gave-up' as const) : ('converged' as const),
          before: 5e-6,
          conductance: end,
          reads: pulses + 1,
          trace: Array.from({ length: pulses }, (_, pulse) => ({
            volts: 0.8 + 0.1 * pulse,
            width: 1e-7,
            conductance: 5e-6 + ((end - 5e-6) * (pulse + 1)) / pulses,
          })),
        };
      }),
      cost: { seconds: 1.9e-5, joules: 2.9e-9, coulombs: 1e-9 },
    },
  },
  {
    operation: 1,
    digest: operationDigest(sampleSchedule.operations[1]!),
    at: 1.9e-5,
    result: {
      kind: 'read',
      volts: 0.2,
      width: 1e-6,
      readings: [{ cell: { word: 1, bit: 2 }, conductance: 4.5e-5 }],
      cost: { seconds: 1e-6, joules: 1e-10, coulombs: 0 },
    },
  },
];

/** Write the sample as a whole run folder. */
export async function writeSampleRun(path: string): Promise<RunFolder> {
  const folder = await createRunFolder(path);
  const events = folder.openEvents();
  for (const event of sampleEvents) {
    events.append(event);
  }
  events.close();
  await folder.writeSchedule(encodeSchedule(sampleSchedule), 'schedule\n');
  await folder.writeProof(sampleCertificate, sampleSafeOperatingArea);
  await folder.writeConductances('targets', sampleTargets, sampleGeometry);
  await folder.writeConductances('before', sampleBefore, sampleGeometry);
  await folder.writeConductances('conductances', sampleConductances, sampleGeometry);
  await folder.writeManifest(sampleManifest);
  return folder;
}
