import fc from 'fast-check';
import { isWithinTolerance } from '../programming/policy.ts';
import { type Law, lawOf, requireThat } from './law.ts';
import { policyCases, type PolicySubject, reachableTasks, tryCase } from './policy-subject.ts';

const verdicts: readonly string[] = ['converged', 'gave-up', 'stuck-high', 'stuck-low', 'unreachable'];

/** What holds for a policy whatever the cell answers. */
export function policyContractLaws(subject: PolicySubject): Law[] {
  return [
    envelopeIsClosed(subject),
    staysInsideEnvelope(subject),
    verdictFollowsLastReading(subject),
    noPulseWithinTolerance(subject),
    noPulseForUnreachable(subject),
    sameReadingsSameSteps(subject),
  ];
}

function envelopeIsClosed(subject: PolicySubject): Law {
  const polarities = fc.record({ setPolarity: fc.constantFrom(1 as const, -1 as const) });
  return lawOf('the envelope is a list of pulses and counts', polarities, ({ setPolarity }) => {
    const { pulses, maxPulses, maxReads } = subject.envelope(setPolarity);
    requireThat(
      Number.isSafeInteger(maxPulses) && maxPulses >= 0 && Number.isSafeInteger(maxReads) && maxReads >= 1,
      () => `${maxPulses} pulses and ${maxReads} reads are not counts, of at least one read`,
    );
    for (const { volts, width } of pulses) {
      requireThat(
        Number.isFinite(volts) && Number.isFinite(width) && width > 0,
        () => `${volts} V for ${width} s is not a pulse`,
      );
    }
  });
}

function staysInsideEnvelope(subject: PolicySubject): Law {
  return lawOf(
    'whatever the readings say, it stays inside its envelope and ends',
    policyCases(),
    (drawn) => {
      const { verdict } = tryCase(subject, drawn);
      requireThat(verdicts.includes(verdict), () => `it ends with "${verdict}", which is no verdict`);
    },
    300,
  );
}

function verdictFollowsLastReading(subject: PolicySubject): Law {
  return lawOf(
    'it reads first and last, and has converged exactly if the last reading is within tolerance',
    policyCases(),
    (drawn) => {
      const { steps, readings, verdict } = tryCase(subject, drawn);
      requireThat(
        steps[0] === 'read' && steps.at(-1) === 'read',
        () => `its first step is ${JSON.stringify(steps[0])}, its last ${JSON.stringify(steps.at(-1))}`,
      );
      const last = readings.at(-1) ?? Number.NaN;
      requireThat(
        (verdict === 'converged') === isWithinTolerance(drawn.task, last),
        () => `it ends with ${verdict} after reading ${last} S for a target of ${drawn.task.target} S`,
      );
    },
    300,
  );
}

function noPulseWithinTolerance(subject: PolicySubject): Law {
  const cases = fc.tuple(policyCases(), fc.integer({ min: -99, max: 99 })).map(([drawn, percent]) => {
    const { target, tolerance } = drawn.task;
    return { ...drawn, readings: [target * (1 + (percent / 100) * tolerance)] };
  });
  return lawOf('a cell that is within tolerance gets no pulse', cases, (drawn) => {
    const { pulses, verdict } = tryCase(subject, drawn);
    requireThat(
      pulses.length === 0 && verdict === 'converged',
      () => `it ends with ${verdict} after ${pulses.length} pulses`,
    );
  });
}

function noPulseForUnreachable(subject: PolicySubject): Law {
  const beyond = fc.constantFrom({ min: 1.01, max: 2 }, { min: 0.5, max: 0.99 });
  const tasks = fc.tuple(reachableTasks(), beyond).map(([task, { min, max }]) => ({
    ...task,
    range: { min: min * task.target, max: max * task.target },
  }));
  return lawOf('a target that the device cannot take gets no pulse', policyCases(tasks), (drawn) => {
    const { pulses, verdict } = tryCase(subject, drawn);
    requireThat(
      pulses.length === 0 && verdict === 'unreachable',
      () => `it ends with ${verdict} after ${pulses.length} pulses`,
    );
  });
}

function sameReadingsSameSteps(subject: PolicySubject): Law {
  return lawOf('the same readings give the same steps', policyCases(), (drawn) => {
    const first = JSON.stringify(tryCase(subject, drawn));
    const again = JSON.stringify(tryCase(subject, structuredClone(drawn)));
    requireThat(first === again, () => `first ${first}, then ${again}`);
  });
}
