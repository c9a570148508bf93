import type { RunControl } from '../run/run-control.ts';
import type { Output } from './output.ts';

/** Ctrl+C once pauses after the current operation, twice makes the outputs safe at once. Returns the undo. */
export function listenForInterrupt(control: RunControl, output: Output): () => void {
  const onSignal = (): void => {
    if (control.pauseRequested) {
      control.requestStop();
      output.note('\nstopping: outputs to their safe state now');
    } else {
      control.requestPause();
      output.note('\npausing after this operation; press Ctrl+C again to stop at once');
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
