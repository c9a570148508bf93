import { join } from 'node:path';
import {
  type FunctionDeclaration,
  Node,
  Project,
  ScriptTarget,
  ts,
  type SourceFile,
  type VariableDeclaration,
} from 'ts-morph';
import { UnsupportedSourceError } from '../src/errors.ts';
import { FunctionCollector } from './function-collector.ts';
import { type Model, type ModelParameter, type NeuronEquations, type Role, roles } from './ir.ts';
import { valueOf, ObjectReader } from './model-object.ts';
import { displayPath, packageSources } from './package-sources.ts';
import { locationOf, unsupported } from './subset.ts';

/** Reads model files; the files that they share are read once. */
export class ModelReader {
  readonly #project = new Project({
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      strict: true,
      target: ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      noEmit: true,
      // Units are read from aliases that the files bring; the library's own types are of no use and slow to load.
      noLib: true,
      // Of what a model file imports from the package, only the units matter here.
      paths: { ohmloom: [join(packageSources, 'src', 'units.ts')] },
    },
  });

  /**
   * Read the model of a file.
   *
   * @param path - of a TypeScript file that exports one model object, as those in devices/ do
   * @throws UnsupportedSourceError for a file that is not there, holds no model, or uses more than a model may
   */
  read(path: string): Model {
    return extractModel(modelDeclaration(this.#open(path), deviceMembers));
  }

  /**
   * Read the neuron of a file.
   *
   * @param path - of a TypeScript file that exports one neuron object, as those in src/periphery/neurons do
   * @throws UnsupportedSourceError for a file that is not there, holds no neuron, or uses more than a model may
   */
  readNeuron(path: string): NeuronEquations {
    return extractNeuron(modelDeclaration(this.#open(path), neuronMembers));
  }

  #open(path: string): SourceFile {
    const file = this.#project.addSourceFileAtPathIfExists(path);
    if (file === undefined) {
      throw new UnsupportedSourceError('model-file', `model file ${displayPath(path)}: cannot be read`);
    }
    this.#project.resolveSourceFileDependencies();
    return file;
  }
}

/** Members by which the object of a model is known. */
const deviceMembers = ['rate', 'current'] as const;
const neuronMembers = ['states', 'overdrive'] as const;

function extractModel(declaration: VariableDeclaration): Model {
  const object = new ObjectReader(declaration);
  const state = object.object('state');
  const promises = object.object('promises');
  const parameters = extractParameters(object.object('parameters'));
  const collector = new FunctionCollector();
  const present = roles.filter((role) => role !== 'advance' || object.has(role));
  const names = Object.fromEntries(
    present.map((role) => [role, collector.nameOf(moduleFunction(object.member(role), role))]),
  ) as Record<Role, string>;
  return {
    name: object.text('name'),
    title: object.text('title'),
    source: object.text('source'),
    state: {
      symbol: state.text('symbol'),
      unit: state.text('unit'),
      meaning: state.text('meaning'),
      conductance: state.text('conductance') === 'rises' ? 'rises' : 'falls',
    },
    setPolarity: object.number('setPolarity') > 0 ? 1 : -1,
    quietAtZeroVolts: promises.truth('quietAtZeroVolts'),
    validVolts: promises.number('validVolts'),
    parameters,
    constants: collector.constants,
    functions: collector.functions,
    roles: names,
    at: locationOf(declaration),
  };
}

function extractNeuron(declaration: VariableDeclaration): NeuronEquations {
  const object = new ObjectReader(declaration);
  const input = object.object('input');
  const states = object.object('states');
  const collector = new FunctionCollector();
  const named = (reader: ObjectReader, member: string): string =>
    collector.nameOf(moduleFunction(reader.member(member), member));
  return {
    name: object.text('name'),
    title: object.text('title'),
    source: object.text('source'),
    input: { unit: input.text('unit'), meaning: input.text('meaning') },
    states: states.names().map((name) => {
      const state = states.object(name);
      return {
        name,
        unit: state.text('unit'),
        meaning: state.text('meaning'),
        step: named(state, 'step'),
        reset: named(state, 'reset'),
      };
    }),
    overdrive: named(object, 'overdrive'),
    parameters: extractParameters(object.object('parameters')),
    constants: collector.constants,
    functions: collector.functions,
    at: locationOf(declaration),
  };
}

function extractParameters(schema: ObjectReader): ModelParameter[] {
  return schema.names().map((name) => {
    const description = schema.object(name);
    return {
      name,
      unit: description.text('unit'),
      meaning: description.text('meaning'),
      min: description.number('min'),
      max: description.number('max'),
      at: locationOf(schema.member(name)),
    };
  });
}

/** The one exported object of a file that has the functions of a model. */
function modelDeclaration(file: SourceFile, members: readonly [string, string]): VariableDeclaration {
  const exported = [...file.getExportedDeclarations().values()].flat();
  const found = exported
    .filter((node) => Node.isVariableDeclaration(node))
    .filter((node) => hasMembers(node, members));
  const [first, second] = new Set(found);
  if (first === undefined) {
    throw unsupported(
      file,
      'file without a model',
      members === neuronMembers
        ? 'export one object with states and overdrive, as docs/neurons.md shows'
        : 'export one object with rate, current, lowerBound and upperBound, as docs/adding-a-device.md shows',
    );
  }
  if (second !== undefined) {
    throw unsupported(second, 'second model in one file', 'give each model a file of its own');
  }
  return first;
}

function hasMembers(declaration: VariableDeclaration, members: readonly string[]): boolean {
  if (!Node.isObjectLiteralExpression(valueOf(declaration))) {
    return false;
  }
  const object = new ObjectReader(declaration);
  return members.every((member) => object.has(member));
}

function moduleFunction(member: Node, role: string): FunctionDeclaration {
  const value = valueOf(member);
  if (Node.isFunctionDeclaration(value)) {
    return value;
  }
  throw unsupported(
    value,
    `"${role}" that is not declared at module level`,
    `write \`export function ${role}(...) { ... }\` and name it in the model object`,
  );
}
