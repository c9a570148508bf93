import { ConfigError } from '../errors.ts';
import type { PolicyCall, PulseEnvelope } from '../schedule/operation.ts';
import { convergeToState } from './converge-to-state.ts';
import { ispp } from './ispp.ts';
import { modelPredictive } from './model-predictive.ts';
import { openLoop } from './open-loop.ts';
import { siForm } from './parameter-form.ts';
import type { CellTask, Policy, PolicyRun } from './policy.ts';

/** Every policy by name; add a policy by adding its line. */
export const policyTable = {
  'open-loop': openLoop,
  ispp,
  'converge-to-state': convergeToState,
  'model-predictive': modelPredictive,
} as const;

/** A policy with checked parameters. */
export interface BoundPolicy {
  readonly name: string;
  readonly needsModel: boolean;
  envelope(setPolarity: 1 | -1): PulseEnvelope;
  run(task: CellTask): PolicyRun;
}

/**
 * Check a policy call from a schedule and bind its parameters.
 * @throws ConfigError for an unknown name or parameters that the policy's schema refuses
 */
export function bindPolicy(call: PolicyCall): BoundPolicy {
  const policies: Readonly<Record<string, Policy>> = policyTable;
  const policy = Object.hasOwn(policies, call.name) ? policies[call.name] : undefined;
  if (policy === undefined) {
    throw new ConfigError(
      'policy-unknown',
      `policy: found "${call.name}", expected one of ${Object.keys(policyTable).join(', ')}`,
    );
  }
  return bind(policy, call);
}

function bind<P extends object>(policy: Policy<P>, call: PolicyCall): BoundPolicy {
  const checked = policy.schema(siForm).safeParse(call.parameters);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new ConfigError(
      'policy-parameters',
      `policy ${call.name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid parameters'}`,
      {
        details: {
          policy: call.name,
          issues: checked.error.issues.map(({ path, message }) => ({ path, message })),
        },
      },
    );
  }
  const parameters = checked.data;
  return {
    name: policy.name,
    needsModel: policy.needsModel,
    envelope: (setPolarity) => policy.envelope(parameters, setPolarity),
    run: (task) => policy.run(task, parameters),
  };
}
