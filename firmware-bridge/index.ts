/**
 * Real controllers and their virtual twins: lines of bytes, drivers, and boards that are not there. How to add a
 * controller is in docs/adding-a-controller.md.
 */
export { permitArray } from './array-permission.ts';
export { compareRecords } from './compare-records.ts';
export { connectController, replayController } from './connect-controller.ts';
export { controllerNames, controllerTable } from './controller-table.ts';
export { expectTranscript } from './expect-transcript.ts';

export { sleep, systemClock } from './transport/clock.ts';
export { listPorts } from './transport/list-ports.ts';
export { createLoopback, MemoryStream } from './transport/memory-stream.ts';
export { SerialPortStream } from './transport/serial-port-stream.ts';
export { readTraceFile, TraceFile } from './transport/trace-file.ts';
export { TraceReplayStream } from './transport/trace-replay-stream.ts';
export { VirtualClock } from './transport/virtual-clock.ts';

export { BoardProcess, receiveByte } from './virtual/board-process.ts';
export { connectBoard } from './virtual/connect-board.ts';
export { FaultyBoard } from './virtual/faulty-board.ts';
export { PseudoTerminal } from './virtual/pseudo-terminal.ts';

export { arcOne } from './arc-one/arc-one.ts';
export { runJob } from './arc-one/board-job.ts';
export { chronoAmperometryJob } from './arc-one/chrono-amperometry.ts';
export { convergeJob } from './arc-one/converge.ts';
export { curveTracerJob } from './arc-one/curve-tracer.ts';
export { enduranceJob } from './arc-one/endurance.ts';
export { formFinderJob } from './arc-one/form-finder.ts';
export { readBitLine, writeBitLine } from './arc-one/multi-bias.ts';
export { seekPolarity, seekStability, seekStates } from './arc-one/multi-state-seeker.ts';
export { pythonRepr } from './arc-one/number-text.ts';
export { arcOneSettingsSchema } from './arc-one/settings.ts';
export { startBoard } from './arc-one/start-up.ts';
export { playWaveforms } from './arc-one/stdp.ts';
export { switchSeekerJob } from './arc-one/switch-seeker.ts';
export { readVolatility } from './arc-one/volatility-read.ts';

export { arcTwo } from './arc-two/arc-two.ts';
export { hetu } from './hetu/hetu.ts';

export type { ArrayPermission } from './array-permission.ts';
export type { RecordComparison, RecordDifference } from './compare-records.ts';
export type {
  BesideLine,
  BoardOptions,
  Controller,
  ControllerSettings,
  VirtualBoardOptions,
} from './controller.ts';
export type { ControllerName } from './controller-table.ts';
export type { TranscriptBytes, TranscriptPair } from './expect-transcript.ts';
export type { ByteStream, ByteTap } from './transport/byte-stream.ts';
export type { ByteTrace, TraceEntry } from './transport/byte-trace.ts';
export type { Clock } from './transport/clock.ts';
export type { LineFaults } from './transport/fault-line.ts';
export type { LineSettings } from './transport/line-settings.ts';
export type { BoardInput, BoardProgram, BoardStep } from './virtual/board-process.ts';
export type { VirtualBoard } from './virtual/virtual-board.ts';
export type { PinMap } from './arc-two/pin-map.ts';
export type { BoardJob, JobGuard } from './arc-one/board-job.ts';
export type { ArcOneSettings } from './arc-one/settings.ts';
export type { Conversation, FirmwareVersion } from './arc-one/start-up.ts';
export type { Triplet } from './arc-one/triplet.ts';
