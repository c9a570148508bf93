import { runProgram, toolFailure, type ProgramRun } from './run-program.ts';
import { requireTool } from './run-tool.ts';
import { runYosys } from './yosys.ts';

/** What is to be proven: the assertions of a module and all below it. */
export interface ProofInput {
  readonly sources: readonly string[];
  readonly top: string;
  /** Parameters of the top module that differ from their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** Outcome of a proof; a counterexample is a result, not an error. */
export interface Proof {
  readonly proven: boolean;
  readonly log: string;
}

/**
 * Translate a design for the solver. The model is `<top>.smt2` in the folder.
 *
 * @throws ToolError when a tool is missing or the sources are refused
 */
export async function writeProofModel(
  { sources, top, parameters = {} }: ProofInput,
  run: ProgramRun,
): Promise<void> {
  const set = Object.entries(parameters).map(([name, value]) => `-set ${name} ${value}`);
  await runYosys(
    [
      // What a module asks of its surroundings is assumed where it is proven alone.
      `read_verilog -formal -sv -D REQUIRE=assume ${sources.join(' ')}`,
      ...(set.length === 0 ? [] : [`chparam ${set.join(' ')} ${top}`]),
      `prep -top ${top} -flatten`,
      'memory_map',
      'opt -full',
      'dffunmap',
      `write_smt2 -wires ${top}.smt2`,
    ],
    run,
  );
}

/** Look for a counterexample among all runs of a number of clocks from power-up. */
export async function proveBounded(top: string, clocks: number, run: ProgramRun): Promise<Proof> {
  return prove(['-t', `${clocks}`], top, run);
}

/** Prove by induction over a number of clocks, for every run of any length that passed the bounded proof. */
export async function proveInductively(top: string, clocks: number, run: ProgramRun): Promise<Proof> {
  return prove(['-i', '-t', `${clocks}`], top, run);
}

async function prove(mode: readonly string[], top: string, run: ProgramRun): Promise<Proof> {
  await requireTool('z3', run.folder);
  const yosys = await requireTool('yosys', run.folder);
  const path = `${yosys}-smtbmc`;
  const solverArguments = ['-s', 'z3', '--unroll', ...mode, `${top}.smt2`];
  const { exitCode, output } = await runProgram(path, solverArguments, run);
  const status = /Status: (PASSED|FAILED)/iu.exec(output)?.[1]?.toUpperCase();
  if (status === 'PASSED' && exitCode === 0) {
    return { proven: true, log: output };
  }
  if (status === 'FAILED' && exitCode === 1) {
    return { proven: false, log: output };
  }
  throw toolFailure([path, ...solverArguments], `ended with exit code ${exitCode}`, exitCode, output);
}
