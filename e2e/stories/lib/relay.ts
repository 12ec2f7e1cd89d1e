// A connection that can break. Chromium's own "offline" lets what is under way arrive; a phone that leaves the last
// house behind does not. This passes bytes on to the demo until it is told to stop in the middle.
import net from "node:net";
import { base } from "./told.ts";

export class Relay {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #allowance = Infinity;
  #stopped: (() => void) | undefined;
  #down = false;

  private constructor() {
    this.#server = net.createServer((browser) => this.#connect(browser));
  }

  static async open(): Promise<Relay> {
    const relay = new Relay();
    await new Promise<void>((ready) => relay.#server.listen(0, "127.0.0.1", ready));
    relay.#server.unref(); // a story that fails does not wait for it
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  /** Lets so many more bytes of the browser's through, then nothing; resolves when it came to that. */
  stopAfter(bytes: number): Promise<void> {
    this.#allowance = bytes;
    return new Promise((stopped) => (this.#stopped = stopped));
  }

  /** Breaks every connection, and refuses new ones until mended. */
  cut(): void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#down = false;
    this.#allowance = Infinity;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #connect(browser: net.Socket): void {
    if (this.#down) {
      browser.destroy();
      return;
    }
    const demo = net.connect(Number(new URL(base).port), "127.0.0.1");
    for (const [socket, other] of [[browser, demo], [demo, browser]] as const) {
      this.#sockets.add(socket.unref());
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    demo.pipe(browser);
    browser.on("data", (bytes: Buffer) => {
      const passed = bytes.subarray(0, Math.min(bytes.length, this.#allowance));
      this.#allowance -= passed.length;
      demo.write(passed);
      if (this.#allowance > 0) return;
      browser.pause();
      this.#stopped?.();
    });
  }
}
