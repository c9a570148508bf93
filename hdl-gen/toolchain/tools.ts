/** An outside program that emitted files are checked with. */
export interface Tool {
  readonly command: string;
  /** Debian package that holds it. */
  readonly package: string;
  /** Arguments that make it tell its version. */
  readonly versionArguments: readonly string[];
  /** Finds the version in what it then prints. */
  readonly version: RegExp;
  /** Oldest version that is known to work: major and minor number. */
  readonly oldest: readonly [major: number, minor: number];
}

/** Every outside program, by the name of its command. */
export const tools = {
  ngspice: tool('ngspice', 'ngspice', ['--version'], /ngspice-(\d+)(?:\.(\d+))?/u, [36, 0]),
  admsXml: tool('admsXml', 'adms', ['--version'], /version="(\d+)\.(\d+)/u, [2, 3]),
  gcc: tool('gcc', 'gcc', ['--version'], /^gcc \([^)]*\) (\d+)\.(\d+)/mu, [9, 0]),
  iverilog: tool('iverilog', 'iverilog', ['-V'], /Icarus Verilog version (\d+)\.(\d+)/u, [11, 0]),
  vvp: tool('vvp', 'iverilog', ['-V'], /runtime version (\d+)\.(\d+)/u, [11, 0]),
  verilator: tool('verilator', 'verilator', ['--version'], /Verilator (\d+)\.(\d+)/u, [5, 6]),
  yosys: tool('yosys', 'yosys', ['-V'], /Yosys (\d+)\.(\d+)/u, [0, 23]),
  z3: tool('z3', 'z3', ['--version'], /Z3 version (\d+)\.(\d+)/u, [4, 8]),
  'nextpnr-ice40': tool(
    'nextpnr-ice40',
    'nextpnr-ice40',
    ['--version'],
    /Version (?:nextpnr-)?(\d+)\.(\d+)/u,
    [0, 4],
  ),
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

function tool(
  command: string,
  debianPackage: string,
  versionArguments: readonly string[],
  version: RegExp,
  oldest: readonly [number, number],
): Tool {
  return { command, package: debianPackage, versionArguments, version, oldest };
}
