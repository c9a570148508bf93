import { ScheduleError } from '../../src/errors.ts';
import { floatText, type NumberProfile } from './number-profile.ts';
import { allowedText, isAllowed, isIntegerKind, unitText, type WireValue } from './wire-value.ts';

/** A request to the board: the job's code and its tokens, each on a line of its own. */
export interface ArcOneRequest {
  /** As it is written: `0`, `00`, `01` and `1` are four jobs. */
  readonly job: string;
  readonly values: readonly WireValue[];
}

/** Jobs after whose code libarc1 writes an empty line. */
const blankLineJobs: readonly string[] = ['15', '152'];

/**
 * Write a request as the bytes' text. Every number is read back from its text first, and that is what is compared
 * with the documented limits: a width that the format turns into zero is not a width.
 *
 * @throws ScheduleError for a value beyond the board, or one that the number format would change
 * @example
 * requestText({ job: '1', values: [wireValue('word', 'line', 3), wireValue('bit', 'line', 7)] }, 'repr'); // "1\n3\n7\n"
 */
export function requestText({ job, values }: ArcOneRequest, profile: NumberProfile): string {
  const blank = profile === 'libarc1' && blankLineJobs.includes(job) ? '\n' : '';
  return `${job}\n${blank}${valuesText(job, values, profile)}`;
}

/** Write the tokens that follow inside a job; see {@link requestText}. */
export function valuesText(job: string, values: readonly WireValue[], profile: NumberProfile): string {
  return values.map((item) => `${checkedText(job, item, profile)}\n`).join('');
}

function checkedText(job: string, item: WireValue, profile: NumberProfile): string {
  const { field, kind, value } = item;
  const integer = isIntegerKind(kind);
  const text = integer ? String(value) : floatText(profile, job, value);
  const read = Number(text);
  if (!isAllowed(kind, read)) {
    const shown = read === value ? '' : `, which would go out as ${text}`;
    throw new ScheduleError(
      'controller-limit',
      `arc-one: job ${job}, ${field}: found ${value} ${unitText(kind)}${shown}, the board takes ${allowedText(kind)}`,
      { details: { job, field, found: value, text, allowed: allowedText(kind) } },
    );
  }
  if (read !== value) {
    throw new ScheduleError(
      'number-text',
      `arc-one: job ${job}, ${field}: ${value} ${unitText(kind)} would go out as ${text}, which is another value`,
      {
        hint: 'Use the number format "repr"; the formats of other hosts are there for comparison.',
        details: { job, field, found: value, text },
      },
    );
  }
  return text;
}
