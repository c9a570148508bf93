import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { EventWriter } from '../../../src/files/event-log.ts';
import { loadRun } from '../../../src/files/load-run.ts';
import { encodeMatrix } from '../../../src/files/npy.ts';
import { createRunFolder } from '../../../src/files/run-folder.ts';
import {
  sampleBefore,
  sampleCertificate,
  sampleConductances,
  sampleEvents,
  sampleGeometry,
  sampleManifest,
  sampleSchedule,
  sampleTargets,
  writeSampleRun,
} from './sample-run.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ohmloom-run-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

describe('creating', () => {
  test('makes the folder with its parents, and takes an empty one', async () => {
    expect((await createRunFolder(join(root, 'a', 'b'))).path).toBe(join(root, 'a', 'b'));
    await createRunFolder(join(root, 'a', 'b'));
    expect(readdirSync(join(root, 'a', 'b'))).toEqual([]);
  });

  test.skipIf(!existsSync('/proc/self'))('fails at once where no folder can be made', async () => {
    await expect(createRunFolder('/proc/no-such/run')).rejects.toThrow(
      '/proc/no-such/run: the folder cannot be created: there is no such file or folder',
    );
  });

  test('refuses the folder of a run', async () => {
    await writeSampleRun(join(root, 'run'));
    const before = readdirSync(join(root, 'run'));
    await expect(createRunFolder(join(root, 'run'))).rejects.toThrow(
      /run: found a run in the folder, expected an empty/u,
    );
    expect(readdirSync(join(root, 'run'))).toEqual(before);
  });

  test('refuses a folder with anything in it', async () => {
    writeFileSync(join(root, 'notes.txt'), 'mine');
    await expect(createRunFolder(root)).rejects.toThrow(/found 1 files in the folder/u);
  });

  test('refuses a path that is a file or lies under one', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(createRunFolder(join(root, 'file'))).rejects.toThrow(ConfigError);
    await expect(createRunFolder(join(root, 'file', 'run'))).rejects.toThrow(/a part of its path is a file/u);
    expect(readdirSync(root)).toEqual(['file']);
  });

  test.skipIf(process.getuid?.() === 0)('refuses a read-only parent and a read-only folder', async () => {
    mkdirSync(join(root, 'empty'));
    chmodSync(join(root, 'empty'), 0o555);
    await expect(createRunFolder(join(root, 'empty'))).rejects.toThrow(/permission denied/u);
    chmodSync(root, 0o555);
    await expect(createRunFolder(join(root, 'run'))).rejects.toThrow(/permission denied/u);
    chmodSync(root, 0o755);
    expect(readdirSync(root)).toEqual(['empty']);
  });
});

describe('a run', () => {
  test('reads back as it was written', async () => {
    const { path } = await writeSampleRun(join(root, 'run'));
    const run = await loadRun(path);
    expect(run.manifest).toEqual(sampleManifest);
    expect(run.certificate).toEqual(sampleCertificate);
    expect(run.schedule).toEqual(sampleSchedule);
    expect(run.geometry).toEqual(sampleGeometry);
    expect([run.targets, run.before, run.conductances]).toEqual([
      sampleTargets,
      sampleBefore,
      sampleConductances,
    ]);
    expect(await collect(run.events())).toEqual(sampleEvents);
    expect(run.results).toBeUndefined();
  });

  test('has results when an experiment wrote them', async () => {
    const folder = await writeSampleRun(join(root, 'run'));
    const results = {
      title: 'digits',
      figures: [{ label: 'accuracy', value: 0.91, unit: '%', note: 'held out' }],
    };
    await folder.writeResults(results);
    expect((await loadRun(folder.path)).results).toEqual(results);
  });

  test('written twice gives the same bytes in every file', async () => {
    const one = await writeSampleRun(join(root, 'one'));
    const two = await writeSampleRun(join(root, 'two'));
    const names = readdirSync(one.path);
    expect(names).toHaveLength(9);
    for (const name of names) {
      expect(readFileSync(join(two.path, name)).equals(readFileSync(join(one.path, name)))).toBe(true);
    }
  });

  test('does not depend on the order of keys', async () => {
    const folder = await writeSampleRun(join(root, 'run'));
    const text = readFileSync(folder.pathOf('manifest'), 'utf8');
    await folder.writeManifest(Object.fromEntries(Object.entries(sampleManifest).reverse()) as never);
    expect(readFileSync(folder.pathOf('manifest'), 'utf8')).toBe(text);
  });

  test('keeps the old file and no temporary one when a write fails', async () => {
    const folder = await createRunFolder(join(root, 'run'));
    mkdirSync(folder.pathOf('manifest'));
    await expect(folder.writeManifest(sampleManifest)).rejects.toThrow(/manifest\.json: cannot be written/u);
    expect(readdirSync(folder.path)).toEqual(['manifest.json']);
  });

  test('refuses numbers that are not finite in its JSON files', async () => {
    const folder = await createRunFolder(join(root, 'run'));
    const manifest = { ...sampleManifest, summary: { ...sampleManifest.summary, energyJoules: Number.NaN } };
    await expect(folder.writeManifest(manifest)).rejects.toThrow(/summary\.energyJoules: found NaN/u);
    expect(existsSync(folder.pathOf('manifest'))).toBe(false);
  });
});

describe('a damaged folder', () => {
  const damages: readonly [string, (path: string) => void, RegExp][] = [
    ['missing', (path) => rmSync(path, { recursive: true }), /there is no such folder/u],
    ['without manifest', (path) => rmSync(join(path, 'manifest.json')), /found no manifest\.json/u],
    [
      'without targets',
      (path) => rmSync(join(path, 'targets.npy')),
      /targets\.npy: cannot be read: there is no/u,
    ],
    [
      'with half a manifest',
      (path) => writeFileSync(join(path, 'manifest.json'), '{"format": "ohmloom-run",'),
      /manifest\.json:1:26: found text that is not YAML|not JSON/u,
    ],
    [
      'with a manifest of another format',
      (path) => writeFileSync(join(path, 'manifest.json'), '{"format": "other"}'),
      /manifest\.json:1:\d+: .*found/u,
    ],
    [
      'with the certificate of another schedule',
      (path) => {
        const file = join(path, 'certificate.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace('d'.repeat(64), '0'.repeat(64)));
      },
      /certificate\.json: found digest 0{64}, expected d{64} as in manifest\.json/u,
    ],
    [
      'with a schedule in which one byte was changed',
      (path) => {
        const file = join(path, 'schedule.msgpack');
        const bytes = readFileSync(file);
        bytes[bytes.length - 1]! ^= 1;
        writeFileSync(file, bytes);
      },
      /schedule\.msgpack: found digest [0-9a-f]{64}, expected/u,
    ],
    [
      'with other limits',
      (path) => {
        const file = join(path, 'safe-operating-area.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace('1.1', '1.2'));
      },
      /safe-operating-area\.json: found digest/u,
    ],
    [
      'with a matrix of another shape',
      (path) =>
        writeFileSync(
          join(path, 'before.npy'),
          readFileSync(join(path, 'targets.npy')).toString('latin1').replace('(2, 3)', '(3, 2)'),
          'latin1',
        ),
      /before\.npy: found shape \(3, 2\), expected \(2, 3\) as in the schedule/u,
    ],
    [
      'with a narrower matrix',
      (path) => writeFileSync(join(path, 'before.npy'), encodeMatrix(new Float64Array(4), [2, 2], 'before')),
      /before\.npy: found shape \(2, 2\), expected \(2, 3\)/u,
    ],
    [
      'with a cut-off matrix',
      (path) =>
        writeFileSync(
          join(path, 'conductances.npy'),
          readFileSync(join(path, 'targets.npy')).subarray(0, 150),
        ),
      /conductances\.npy: found 22 bytes of elements, expected 48/u,
    ],
  ];

  test.each(damages)('%s is refused', async (_, damage, message) => {
    const { path } = await writeSampleRun(join(root, 'run'));
    damage(path);
    const error: unknown = await loadRun(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(message);
  });

  const eventDamages: readonly [string, (text: string) => string, RegExp][] = [
    ['cut off', (text) => text.slice(0, -20), /the last line is cut off/u],
    ['not JSON', (text) => `${text}{"operation": 1e}\n`, /events\.jsonl:3: found text that is not JSON/u],
    [
      'of another kind',
      (text) => text.replace('"read"', '"write"'),
      /events\.jsonl:2: result\.kind: found "write"/u,
    ],
    [
      'outside the array',
      (text) => text.replace('"word":1', '"word":9'),
      /operation 0: found cell w9 b0, expected one of 2 x 3/u,
    ],
    [
      'of no operation',
      (text) => text.replace('"operation":1', '"operation":2'),
      /found operation 2, expected one of the 2/u,
    ],
    ['not finite', (text) => text.replace('"at":0', '"at":1e999'), /events\.jsonl:1: at: found/u],
  ];

  test.each(eventDamages)('events that are %s are refused', async (_, damage, message) => {
    const { path } = await writeSampleRun(join(root, 'run'));
    const file = join(path, 'events.jsonl');
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    const run = await loadRun(path);
    await expect(collect(run.events())).rejects.toThrow(message);
  });
});

describe('the event stream', () => {
  const event = sampleEvents[1]!;

  test('holds every event as soon as it was appended', () => {
    const path = join(root, 'events.jsonl');
    const writer = new EventWriter(path);
    writer.append(event);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(1);
    writer.append(event);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    writer.close();
    writer.close();
    expect(() => writer.append(event)).toThrow(/the event stream is closed/u);
  });

  test('never continues a stream that is there', () => {
    const path = join(root, 'events.jsonl');
    new EventWriter(path).close();
    expect(() => new EventWriter(path)).toThrow(/cannot be created: it exists already/u);
  });

  test('refuses an event with a number that is not finite and writes nothing of it', () => {
    const path = join(root, 'events.jsonl');
    const writer = new EventWriter(path);
    expect(() => writer.append({ ...event, at: Number.NaN })).toThrow(/at: found NaN/u);
    writer.close();
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))('reports a full disk at the event that does not fit', () => {
    const writer = new EventWriter('/dev/full', 'a');
    expect(() => writer.append(event)).toThrow(/no space is left on the disk/u);
  });
});
