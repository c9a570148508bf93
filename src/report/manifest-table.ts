import { stableJson } from '../files/stable-json.ts';
import type { Geometry } from '../array/geometry.ts';
import type { RunManifest } from '../run/run-record.ts';
import { html, type Html, type HtmlPart } from './html.ts';

/**
 * Tabulate where a run came from: enough to repeat it, with the digests that name its parts.
 *
 * @example
 * manifestTable(run.manifest, run.geometry);
 */
export function manifestTable(manifest: RunManifest, geometry: Geometry): Html {
  const { createdBy, device, digests } = manifest;
  const rows: readonly (readonly [string, HtmlPart])[] = [
    ['Run', html`<code>${manifest.runId}</code>`],
    ['Command', html`<code>${manifest.command}</code>`],
    ['Seed', String(manifest.seed)],
    ['Started', wallClock(manifest.startedAt)],
    ['Ended', wallClock(manifest.endedAt)],
    ['Array', `${geometry.wordLines} word lines × ${geometry.bitLines} bit lines`],
    ['Device', `${device.model}, set ${device.set}`],
    ['Device source', device.source],
    ['Controller', manifest.controller],
    ['Software', `${createdBy.name} ${createdBy.version} on Node ${createdBy.node}`],
    ['Schedule', digest(digests.schedule)],
    ['Safe operating area', digest(digests.safeOperatingArea)],
    ['Driver', digest(digests.driver)],
    ['Configuration', digest(digests.config)],
  ];
  const cells = rows.map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<div class="scroll">
      <table class="facts">
        <tbody>
          ${cells}
        </tbody>
      </table>
    </div>
    <details>
      <summary>Configuration as it was resolved, SI units</summary>
      <pre>${stableJson(manifest.config, 'config', 2)}</pre>
    </details>`;
}

/** ISO 8601 as people read it; the zone is always UTC. */
function wallClock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function digest(hex: string): Html {
  return html`<code class="digest">${hex}</code>`;
}
