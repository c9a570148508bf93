import { deepStrictEqual, ok } from 'node:assert';
import type { EndTest, HostPoint, ThirdPartyHost } from './third-party-host.ts';

/** What one host does, step by step, and what must come of it. */
export interface HostJob {
  readonly name: string;
  readonly play: (host: ThirdPartyHost) => Promise<void>;
}

function requireReal(points: readonly HostPoint[]): void {
  ok(points.length > 0, 'no points came');
  for (const { ohms, volts, width } of points) {
    ok(ohms >= 1 && Number.isFinite(volts) && width >= 0, `no point: ${ohms} ohm, ${volts} V, ${width} s`);
  }
}

function requireOhms([ohms = 0]: readonly number[]): void {
  ok(ohms >= 1, `no resistance: ${ohms} ohm`);
}

/** A job whose answer is runs of points for each device. */
function runs(
  name: string,
  tokens: string,
  end: EndTest,
  devices: readonly string[] = ['3|7|'],
  count = 1,
): HostJob {
  return {
    name,
    async play(host) {
      await host.say(tokens);
      for (const device of devices) {
        await host.say(device);
        for (let run = 0; run < count; run++) {
          requireReal(await host.run(end));
        }
      }
    },
  };
}

function talk(name: string, play: HostJob['play']): HostJob {
  return { name, play };
}

/** Jobs as the arc1_pyqt program asks for them. Text is repr, `%f` in the core, `%.3e` in two panels. */
export const pyqtJobs: readonly HostJob[] = [
  talk('start', async (host) => {
    await host.say('00|');
    await host.say('0|50|32|32|2|0|1|0.500000|');
    deepStrictEqual(await host.line(), '1');
    await host.say('01|2|0.200000|');
    await host.say('999|');
    deepStrictEqual(await host.words(2), [1, 2]);
    ok(host.silent(), 'something came that was not asked for');
  }),
  talk('start as versions up to 1.5.2 did, all numbers as floats', async (host) => {
    await host.say('00|0|50.0|32.0|32.0|2.0|0.0|1.0|0.2|');
    deepStrictEqual(await host.line(), '1');
    await host.say('01|2.0|0.2|');
  }),
  talk('read, pulse and read, select and pulse', async (host) => {
    await host.say('1|3|7|');
    const [before = 0] = await host.floats(1);
    await host.say('3|3|7|0.800000|0.001000|');
    const [after = 0] = await host.floats(1);
    // This device answers to a positive voltage with a higher resistance.
    ok(after > before, `${after} ohm after ${before} ohm`);
    await host.say('02|3|7|04|-0.800000|0.001000|');
    await host.say('1|3|7|');
    const [back = 0] = await host.floats(1);
    ok(back < after, `${back} ohm after ${after} ohm`);
  }),
  talk('a pulse that %f made zero wide does nothing', async (host) => {
    await host.say('1|5|5|');
    const [before = 0] = await host.floats(1);
    await host.say('3|5|5|0.800000|0.000000|');
    const [after = 0] = await host.floats(1);
    ok(Math.abs(after / before - 1) < 1e-3, `${after} ohm after ${before} ohm`);
  }),
  talk('read all, and some', async (host) => {
    await host.say('2|1|32|32|');
    const all = await host.floats(1024);
    ok(
      all.every((ohms) => ohms >= 1 && ohms < 1e6),
      'a number that is no resistance',
    );
    await host.say('2|2|32|32|2|');
    for (const device of ['1|1|', '32|32|']) {
      await host.say(device);
      requireOhms(await host.floats(1));
    }
  }),
  runs('FormFinder', '141|0.1|0.1|0.5|0.0001|100.0|0.0004|0.01|0.0|0.0|0|7|1|2|', 'all-zero', [
    '3|7|',
    '4|8|',
  ]),
  runs('SwitchSeeker', '152|0.0001|0.2|0.2|0.6|0.001|1000000.0|5|3|2|5|1|0|1|', 'all-zero'),
  runs('Endurance', '191|0.5|0.0001|0.0|-0.5|0.0001|0.0|10.0|2|1|5|1|', 'all-zero'),
  runs('CurveTracer', '201|0.5|0.5|0.05|0.05|0.048|0.01|0.0|-0.0|2|0|0|0|1|', 'all-zero', ['3|7|'], 2),
  runs(
    'CurveTracer with cut-off',
    '201|0.5|0.5|0.05|0.05|0.048|0.01|1.01e-05|-1.01e-05|1|1|3|1|1|',
    'all-zero',
  ),
  runs(
    'ConvergeToState',
    '21|3.000e-01|1.000e-01|8.000e-01|1.000e-04|1.000e+02|1.000e-04|1.000e-03|1.300e+04|5.000e+00|5.000e+00|1|1|1|',
    'all-truncate-to-zero',
  ),
  runs('ChronoAmperometry', '220|2.000e-01|1.000e-03|10|1|', 'all-truncate-to-zero'),
  talk('VolatilityRead', async (host) => {
    await host.say('33|0.5|0.0001|4|100|1|');
    await host.say('3|7|');
    await host.floats(1);
    for (const turn of ['0|', '0|', '1|']) {
      for (let sample = 0; sample < 4; sample++) {
        ok(/^\d+$/u.test(await host.line()), 'no time');
        requireOhms(await host.floats(1));
      }
      await host.say(turn);
    }
    await host.floats(1);
  }),
  talk('STDP', async (host) => {
    await host.say('40|1|');
    await host.say('3|7|');
    requireReal([await host.point()]);
    await host.say('2|');
    for (let step = 0; step < 2; step++) {
      await host.say('3|0.0|0.5|0.0001|-0.3|0.0002|0.0|');
      requireReal([await host.point(), await host.point()]);
    }
    requireReal([await host.point()]);
  }),
  talk('MultiBias', async (host) => {
    await host.say('50|0.5|0.0001|0.2|2|1|1|1|2|');
    const { ohms, volts } = await host.point();
    ok(volts / ohms > 1e-6, 'no current');
    await host.say('50|0.5|0.0001|0.2|2|1|2|1|2|');
    const points: HostPoint[] = [];
    for (let word = 0; word < 64; word++) {
      points.push(await host.point());
    }
    requireReal(points);
  }),
  talk('MultiStateSeeker: polarity, stability, states', async (host) => {
    await host.say('161|0.0001|0.2|0.2|0.8|0.001|3|5|2|1|1|3|7|');
    const points: HostPoint[] = [];
    for (let point = await host.point(); point.width >= 0; point = await host.point()) {
      points.push(point);
    }
    requireReal(points);
    deepStrictEqual(await host.line(), '0');
    deepStrictEqual([await host.line(), await host.line()], ['1', '0']);
    ok(['1', '-1'].includes(await host.line()), 'no polarity');

    await host.say('162|0.5|0.0001|1|3|7|');
    for (const turn of ['0|', '0|', '1|']) {
      requireOhms(await host.floats(1));
      await host.say(turn);
    }
    for (const tokens of [
      '163|5|3|2|0|0|0.0001|0.2|0.2|0.8|0.001|0.01|1|3|7|',
      '164|5|3|2|0|0|0.0001|0.5|0.0001|0.0005|0.001|0.01|1|3|7|',
      '165|5|1|2|7|2|0|0|0.0001|0.5|0.001|0.01|1|3|7|',
    ]) {
      await host.say(tokens);
      const seen: HostPoint[] = [];
      for (let point = await host.point(); point.width >= 0; point = await host.point()) {
        seen.push(point.ohms < 0 ? await host.point() : point);
      }
      ok(
        seen.every(({ ohms }) => ohms >= 1),
        'a number that is no resistance',
      );
      deepStrictEqual(await host.line(), '0');
      await host.line();
      await host.line();
    }
  }),
];

/** Jobs as the libarc1 library asks for them: `%f` everywhere, and the resistance alone ends a run. */
export const libarcJobs: readonly HostJob[] = [
  talk('start', async (host) => {
    await host.say('00|');
    await host.say('0|30|32|32|2|0|0|0.500000|');
    deepStrictEqual(await host.line(), '1');
    await host.say('01|2|0.200000|');
    await host.say('011|30|1|');
  }),
  talk('read and pulse', async (host) => {
    await host.say('1|3|7|');
    requireOhms(await host.floats(1));
    await host.say('3|3|7|0.500000|0.000100|');
    requireOhms(await host.floats(1));
  }),
  runs(
    'FormFinder',
    '141|0.100000|0.100000|0.500000|0.000100|100.000000|0.001000|0.010000|1000000.000000|0.000000|0|7|1|1|',
    'resistance-truncates-to-zero',
  ),
  runs(
    'SwitchSeeker, with an empty line',
    '152||0.000100|0.200000|0.200000|0.600000|0.001000|1000000.000000|5|10|5|10|0|0|1|',
    'resistance-truncates-to-zero',
  ),
  runs(
    'Endurance',
    '191|0.500000|0.000100|0.000000|-0.500000|0.000100|0.000000|0.001000|1|1|10|1|',
    'resistance-truncates-to-zero',
  ),
  runs(
    'CurveTracer',
    '201|0.500000|0.500000|0.100000|0.100000|0.010000|0.010000|0.000000|-0.000000|1|0|0|0|1|',
    'resistance-truncates-to-zero',
  ),
  runs(
    'ConvergeToState',
    '21|0.300000|0.100000|0.800000|0.000100|100.000000|0.000100|0.001000|13000.000000|5.000000|5.000000|1|1|1|',
    'resistance-truncates-to-zero',
  ),
  runs('ChronoAmperometry', '220|0.200000|0.001000|2|1|', 'resistance-truncates-to-zero'),
  talk('MultiBias', async (host) => {
    await host.say('50|0.500000|0.000100|0.200000|2|1|1|1|2|');
    requireReal([await host.point()]);
  }),
];

/** A job must leave the board where the host believes it. */
export async function playInStep(host: ThirdPartyHost, job: HostJob): Promise<void> {
  await job.play(host);
  ok(await host.inStep(), `${job.name}: the board is out of step`);
}
