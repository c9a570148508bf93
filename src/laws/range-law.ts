import { OhmloomError } from '../errors.ts';
import { parameterValues } from '../model/parameter-set.ts';
import type { DeviceSubject } from './device-subject.ts';
import { type Law, requireThat } from './law.ts';

/** What a number is multiplied by when it is given in the wrong unit. */
const slips = [1e3, 1e-3, 1e9, 1e-9] as const;

/** A parameter given in nanometres or kiloohms where metres or ohms are meant is refused. There is nothing to draw. */
export function rangeLaw({ model, sets }: DeviceSubject): Law {
  return {
    name: 'a parameter in the wrong unit is refused',
    check: () => {
      for (const set of sets) {
        for (const [name, { value, unit }] of Object.entries(set.parameters)) {
          for (const slip of value === 0 ? [] : slips) {
            requireThat(
              isRefused(() => parameterValues(model.parameters, set, { [name]: value * slip })),
              () =>
                `set ${set.name}: ${name} = ${value * slip} ${unit} is accepted, published is ${value} ${unit}`,
            );
          }
        }
      }
    },
  };
}

function isRefused(act: () => unknown): boolean {
  try {
    act();
  } catch (error) {
    if (error instanceof OhmloomError) {
      return true;
    }
    throw error;
  }
  return false;
}
