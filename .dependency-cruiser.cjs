// Who may import whom: docs/code-overview.md says why. Every folder names what it may reach; the ground floor is free.
const ground = ['^src/(units|errors|quantity|quantity-schema|random|nearest-name)\\.ts$'];

/** A folder may import itself, the ground floor and what is listed. */
function only(from, ...to) {
  return {
    name: `imports-of-${from.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '')}`,
    severity: 'error',
    from: { path: from },
    to: {
      path: '^(src|devices|hdl-gen|firmware-bridge|test|benchmarks)/',
      pathNot: [from, ...ground, ...to],
    },
  };
}

const model = '^src/model/';
const circuit = '^src/circuit/';
const array = '^src/array/';
const periphery = '^src/periphery/';
const schedule = '^src/schedule/';
const programming = '^src/programming/';
const run = '^src/run/';
const network = '^src/network/';
const files = '^src/files/';
const lab = '^src/lab/';
const devices = '^devices/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(src|devices|hdl-gen|firmware-bridge)/',
        pathNot: 'index\\.ts$|main\\.ts$|\\.json$|\\.d\\.ts$|kernel-table\\.mjs$',
      },
      to: {},
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { pathNot: '^(test|benchmarks)/' },
      to: { path: '^(test|benchmarks)/' },
    },
    {
      name: 'ground-floor-stands-alone',
      severity: 'error',
      from: { path: ground },
      to: { path: '^(src|devices)/', pathNot: ground },
    },
    only(devices, model),
    only(model),
    only(circuit, '^src/array/geometry\\.ts$', '^src/kernels/'),
    only(array, model, circuit, '^src/kernels/'),
    only('^src/kernels/'),
    only(periphery, model),
    only(schedule, '^src/array/(geometry|bias)\\.ts$'),
    only(programming, schedule, array),
    only(network, array, circuit, periphery, programming, '^src/kernels/'),
    only(run, schedule, programming, array, periphery, model),
    only(files, '^src/run/(run-record|backend)\\.ts$', schedule, array, circuit),
    only('^src/report/', '^src/run/(run-record|backend)\\.ts$', schedule, array, files),
    only(lab, devices, model, array, periphery, schedule, programming, run, files),
    only('^src/experiments/', network, run, files, lab, array, schedule, programming),
    only('^src/laws/', model, array, periphery, schedule, programming, run),
    only('^hdl-gen/', model, schedule, '^src/array/(geometry|bias)\\.ts$', '^src/periphery/neurons/'),
    only(
      '^firmware-bridge/',
      schedule,
      programming,
      array,
      periphery,
      model,
      '^src/run/(armed-program|backend|cell-loop|cost|device-knowledge|expand-program-verify|response-guard|run-record|simulated-bench)\\.ts$',
    ),
    {
      name: 'serial-ports-only-in-the-bridge',
      severity: 'error',
      from: { pathNot: '^(firmware-bridge/transport/|test/)' },
      to: { path: 'node_modules/(serialport|@serialport)/' },
    },
    {
      name: 'backend-table-is-for-the-edges',
      severity: 'error',
      from: { pathNot: '^src/(cli/|serve/|index\\.ts$)|^(test|benchmarks)/' },
      to: { path: '^src/backend-table\\.ts$' },
    },
    {
      name: 'nobody-imports-the-edges',
      severity: 'error',
      from: { pathNot: '^src/(cli|serve)/|^(test|benchmarks)/' },
      to: { path: '^src/(cli|serve)/' },
    },
    {
      name: 'plots-only-in-the-report',
      severity: 'error',
      from: { pathNot: '^(src/report/|test/)' },
      to: { path: 'node_modules/(@observablehq/plot|jsdom)/' },
    },
    {
      name: 'fast-check-only-in-laws-and-tests',
      severity: 'error',
      from: { pathNot: '^(src/laws/|test/)' },
      to: { path: 'node_modules/(fast-check|vitest)/' },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '\\.as\\.ts$|^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
