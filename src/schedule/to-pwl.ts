import type { BiasFrame } from '../array/bias.ts';
import { UsageError } from '../errors.ts';
import type { Seconds, Volts } from '../units.ts';
import { toFemtoseconds, toSeconds } from './femtoseconds.ts';
import type { Schedule } from './schedule.ts';
import type { Timing } from './timing.ts';
import { intervalFrame, lineNames, restFrame, visitChanges, waveform } from './waveform.ts';

const pointsPerLine = 6;

/** One voltage source, as corners of its waveform. */
interface Source {
  readonly name: string;
  readonly points: string[];
  volts: Volts;
  /** Femtoseconds at which its last ramp ended. */
  settled: bigint;
}

/**
 * Write the line voltages of a schedule as SPICE voltage sources: `Vw0 w0 0 PWL(...)` for each word line and
 * `Vb0 b0 0 PWL(...)` for each bit line. Every change is a ramp of `riseTime` that begins at its edge, so the time at
 * half height is the pulse width. A `programVerify` cannot be drawn: its interval stays at 0 V, under a comment.
 *
 * @param options.riseTime - seconds from 0 to 100 %, shorter than every interval and gap
 * @throws UsageError when a ramp would run into the next one
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleToPwl(schedule, { gap: 1e-6 }, { riseTime: 1e-9 }).split('\n')[1]; // 'Vw0 w0 0 DC 0'
 */
export function scheduleToPwl(
  schedule: Schedule,
  timing: Timing,
  options: { readonly riseTime: Seconds },
): string {
  const { geometry } = schedule;
  const rise = toFemtoseconds(options.riseTime).femtoseconds;
  if (rise === 0n) {
    throw new UsageError('rise-time', `rise time: found ${options.riseTime} s, expected 1 fs or longer`);
  }
  const sources = lineNames(geometry).map(sourceOf);
  const shown = new Float64Array(sources.length);
  const comments: string[] = [];
  const rest = restFrame(geometry);
  const drive = (at: bigint, frame: BiasFrame): void =>
    visitChanges(shown, frame, (line, volts) => ramp(sources[line]!, at, volts, rise));

  let end = 0n;
  for (const interval of waveform(schedule, timing)) {
    if (interval.start > end) {
      drive(end, rest);
    }
    if (interval.operation.kind === 'programVerify') {
      comments.push(
        `* operation ${interval.index}: programVerify (${interval.operation.policy.name}), at most from ` +
          `${toSeconds(interval.start)} s to ${toSeconds(interval.end)} s, is not drawn: its pulses depend on reads`,
      );
    }
    drive(interval.start, intervalFrame(geometry, interval));
    end = interval.end;
  }
  drive(end, rest);

  const title = `* ohmloom-schedule 1: ${geometry.wordLines} word lines x ${geometry.bitLines} bit lines`;
  return `${[title, ...comments, ...sources.map(sourceText)].join('\n')}\n`;
}

function sourceOf(name: string): Source {
  return { name, points: ['0 0'], volts: 0, settled: 0n };
}

function ramp(source: Source, at: bigint, volts: Volts, rise: bigint): void {
  if (at < source.settled) {
    throw new UsageError(
      'rise-time',
      `rise time: found ${toSeconds(rise)} s, but line ${source.name} changes again at ${toSeconds(at)} s, ` +
        `before its ramp ends at ${toSeconds(source.settled)} s`,
      {
        hint: 'Shorten the rise time or lengthen the gap.',
        details: { line: source.name, at: toSeconds(at) },
      },
    );
  }
  if (at > source.settled) {
    source.points.push(`${toSeconds(at)} ${source.volts}`);
  }
  source.settled = at + rise;
  source.volts = volts;
  source.points.push(`${toSeconds(source.settled)} ${volts}`);
}

function sourceText({ name, points }: Source): string {
  if (points.length === 1) {
    return `V${name} ${name} 0 DC 0`;
  }
  const lines: string[] = [];
  for (let first = 0; first < points.length; first += pointsPerLine) {
    lines.push(points.slice(first, first + pointsPerLine).join(' '));
  }
  return `V${name} ${name} 0 PWL(${lines.join('\n+ ')})`;
}
