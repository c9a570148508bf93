import { replayController } from '../../firmware-bridge/connect-controller.ts';
import {
  controllerNames,
  controllerTable,
  type ControllerName,
} from '../../firmware-bridge/controller-table.ts';
import { readTraceFile } from '../../firmware-bridge/transport/trace-file.ts';
import { TraceReplayStream } from '../../firmware-bridge/transport/trace-replay-stream.ts';
import { arrayOptions } from '../backend-table.ts';
import { ConfigError, ReplayError } from '../errors.ts';
import { loadLab } from '../lab/lab.ts';
import { readPlan } from '../lab/plan-folder.ts';
import { recordRun } from '../lab/record-run.ts';
import { writeReport } from '../report/write-report.ts';
import { RunControl } from '../run/run-control.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { summaryLines } from './run-summary.ts';

interface ReplayFlags {
  readonly trace: string;
  readonly plan: string;
  readonly config: string;
  readonly device: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly permit: string | undefined;
  readonly out: string | undefined;
}

/** Run a plan against the bytes of a trace, and keep the record as of any run. */
export async function replayTrace(flags: ReplayFlags, output: Output) {
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = await loadLab(flags.config, device);
  const { program, targets } = await readPlan(flags.plan);
  const trace = readTraceFile(flags.trace);
  const controller = await controllerTable[flags.controller ?? controllerOf(flags.trace, trace.controller)]();
  const streams: TraceReplayStream[] = [];
  const streamOf = (beside: string | undefined): TraceReplayStream => {
    const stream = new TraceReplayStream(
      beside === undefined ? trace : readTraceFile(`${flags.trace}.${beside}`),
    );
    streams.push(stream);
    return stream;
  };
  const { geometry } = program.schedule;
  const options = arrayOptions({ lab, geometry }, flags.permit);
  const backend = replayController(controller, streamOf, options, lab.config.controller.board);
  const out = flags.out ?? defaultRunFolder('replay');
  const control = new RunControl();
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, summary } = await recordRun({
      lab,
      program,
      targets: targets.targets,
      backend,
      seed: 0,
      command: 'ohmloom replay',
      out,
      control,
    });
    const remaining = streams.reduce((sum, stream) => sum + stream.remaining, 0);
    if (status === 'done' && remaining > 0) {
      throw new ReplayError(
        'trace-left-over',
        `${flags.trace}: the run has ended, the trace goes on for ${remaining} entries`,
        { hint: 'Was the trace made with this plan?' },
      );
    }
    const report = await writeReport(out);
    const text = [...summaryLines(summary), `run        ${out}`, `report     ${report}`].join('\n');
    return { status, document: { status, ...summary, runFolder: out, report }, text };
  } finally {
    stopListening();
    await backend.close();
  }
}

function controllerOf(path: string, name: string): ControllerName {
  const known = controllerNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new ConfigError(
      'byte-trace',
      `${path}: found a trace of "${name}", expected one of ${controllerNames.join(', ')}`,
    );
  }
  return known;
}
