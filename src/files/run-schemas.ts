/**
 * Schemas of the JSON files in a run folder. A reader ignores fields that it does not know, so that a folder
 * written by a later version of the same format stays readable.
 */
import { z } from 'zod';
import type { OperationResult } from '../run/backend.ts';
import type { RunEvent, RunManifest } from '../run/run-record.ts';

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, { error: 'expected a SHA-256 in lower-case hex' });
const plainObject = z.record(z.string(), z.unknown());

/** `manifest.json`. */
export const manifestSchema: z.ZodType<RunManifest> = z.object({
  format: z.literal('ohmloom-run'),
  version: z.literal(1),
  runId: z.string(),
  createdBy: z.object({ name: z.string(), version: z.string(), node: z.string() }),
  command: z.string(),
  seed: count,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  status: z.enum(['done', 'interrupted', 'failed']),
  error: plainObject.exactOptional(),
  config: plainObject,
  digests: z.object({ config: sha256, schedule: sha256, safeOperatingArea: sha256, driver: sha256 }),
  device: z.object({ model: z.string(), set: z.string(), source: z.string() }),
  controller: z.string(),
  summary: z.object({
    cells: count,
    converged: count,
    gaveUp: count,
    stuckHigh: count,
    stuckLow: count,
    unreachable: count,
    pulses: count,
    reads: count,
    energyJoules: z.number(),
    hardwareSeconds: seconds,
  }),
});

const cell = z.object({ word: count, bit: count });
const cost = z.object({ seconds, joules: z.number(), coulombs: z.number() });
const verdict = z.enum(['converged', 'gave-up', 'stuck-high', 'stuck-low', 'unreachable']);

const operationResult: z.ZodType<OperationResult> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pulse'),
    volts: z.number(),
    width: seconds,
    cost,
    limited: z.literal(true).exactOptional(),
  }),
  z.object({
    kind: z.literal('read'),
    volts: z.number(),
    width: seconds,
    readings: z.array(z.object({ cell, conductance: z.number() })),
    cost,
  }),
  z.object({ kind: z.literal('wait'), cost }),
  z.object({ kind: z.literal('frame'), bitCurrents: z.array(z.number()), cost }),
  z.object({
    kind: z.literal('programVerify'),
    cells: z.array(
      z.object({
        cell,
        target: z.number(),
        outcome: verdict,
        before: z.number(),
        conductance: z.number(),
        reads: count,
        trace: z.array(z.object({ volts: z.number(), width: seconds, conductance: z.number() })),
      }),
    ),
    cost,
  }),
]);

/** One line of `events.jsonl`. */
export const eventSchema: z.ZodType<RunEvent> = z.object({
  operation: count,
  digest: sha256,
  at: seconds,
  result: operationResult,
});
