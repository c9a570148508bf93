import { ConfigError } from '../errors.ts';
import { siForm } from '../programming/parameter-form.ts';
import type { Policy } from '../programming/policy.ts';
import { policyTable } from '../programming/policy-table.ts';
import { convergenceLaw, type PolicyBench } from './convergence-law.ts';
import type { Law } from './law.ts';
import { policyContractLaws } from './policy-contract-laws.ts';
import { programVerifyLaw } from './program-verify-law.ts';

/**
 * The laws of a write-verify policy: what it may ask for whatever the readings say, and with a bench, how many targets
 * it reaches on an emulated cell. A policy of the policy table is also held to give the same pulses whether a backend
 * runs its loop or the engine expands it; the engine knows no other policies.
 *
 * @param parameters - an example, in SI numbers, as in a schedule
 * @throws ConfigError when the policy's schema refuses the parameters
 * @example
 * const ramp = { start: 0.5, step: 0.1, stop: 1 };
 * for (const law of policyLaws(policyTable.ispp, { set: ramp, reset: ramp, width: 1e-6, maxPulses: 20 })) {
 *   await law.check();
 * }
 */
export function policyLaws<P extends object>(
  policy: Policy<P>,
  parameters: Readonly<Record<string, unknown>>,
  bench?: PolicyBench,
): Law[] {
  const checked = policy.schema(siForm).safeParse(parameters);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new ConfigError(
      'policy-parameters',
      `policy laws, ${policy.name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid parameters'}`,
    );
  }
  const subject = {
    envelope: (setPolarity: 1 | -1) => policy.envelope(checked.data, setPolarity),
    run: (task: Parameters<typeof policy.run>[0]) => policy.run(task, checked.data),
  };
  const onBench =
    bench === undefined
      ? []
      : [
          convergenceLaw(subject, bench),
          ...(Object.hasOwn(policyTable, policy.name)
            ? [programVerifyLaw({ name: policy.name, parameters }, bench)]
            : []),
        ];
  return [...policyContractLaws(subject), ...onBench];
}
