import { spawnSync } from 'node:child_process';
import { readPackageInfo } from '../files/package-info.ts';
import { loadLab } from '../lab/lab.ts';
import { textTable } from './text-table.ts';

/** Programs that parts of ohmloom and its tests can use; none is needed to plan, emulate or program. */
const optionalTools = [
  { name: 'ngspice', use: 'circuit simulation of exported netlists' },
  { name: 'gtkwave', use: 'viewing schedules as VCD' },
  { name: 'socat', use: 'pseudo-terminals for virtual controllers' },
] as const;

const lowestNode = [20, 19] as const;

/** What this installation is and has. */
export async function examine(config: string | undefined) {
  const { name, version } = readPackageInfo();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const healthy = major > lowestNode[0] || (major === lowestNode[0] && minor >= lowestNode[1]);
  const tools = optionalTools.map((tool) => ({ ...tool, found: isOnPath(tool.name) }));
  const lab = config === undefined ? undefined : await loadLab(config);
  const document = {
    name,
    version,
    node: process.version,
    nodeSupported: healthy,
    platform: `${process.platform} ${process.arch}`,
    tools,
    ...(lab === undefined ? {} : { config: lab.config }),
  };
  const text = [
    `${name} ${version} on Node ${process.version} (${healthy ? 'supported' : `needs ${lowestNode.join('.')} or later`}), ${process.platform} ${process.arch}`,
    '',
    textTable(
      ['optional tool', 'found', 'use'],
      tools.map(({ name: tool, found, use }) => [tool, found ? 'yes' : 'no', use]),
    ),
    ...(lab === undefined ? [] : ['', `${config} resolves to`, JSON.stringify(lab.config, null, 2)]),
  ].join('\n');
  return { document, text, healthy };
}

function isOnPath(tool: string): boolean {
  const { error } = spawnSync(tool, ['--version'], { stdio: 'ignore', timeout: 5000 });
  return error === undefined;
}
