import cliProgress from 'cli-progress';

/** A bar per stage on stderr; drawn on a terminal only. */
export class Progress {
  readonly #enabled: boolean;
  #bar: cliProgress.SingleBar | undefined;
  #stage: string | undefined;

  constructor(enabled: boolean) {
    this.#enabled = enabled && process.stderr.isTTY && process.env['CI'] === undefined;
  }

  /** @param done - part of the stage that is done, from 0 to 1 */
  update(stage: string, done: number): void {
    if (!this.#enabled) {
      return;
    }
    if (stage !== this.#stage) {
      this.stop();
      this.#stage = stage;
      this.#bar = new cliProgress.SingleBar(
        { format: `${stage.padEnd(9)} {bar} {percentage} %`, stream: process.stderr, hideCursor: true },
        cliProgress.Presets.shades_classic,
      );
      this.#bar.start(100, 0);
    }
    this.#bar?.update(Math.floor(100 * done));
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
