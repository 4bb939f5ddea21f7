import { HttpTransportType, HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { boot } from './boot';

const firstDelay = 300;
const longestDelay = 5_000;
/** Slow at first: most losses are short, and whoever comes back from one should not wait long. */
const growth = 1.5;
const patience = 6_000;

/** Rejects if it takes too long: a dead network can leave a promise open for minutes. */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return Promise.race([promise, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('timeout')), milliseconds))]);
}

/** Full jitter: a hall that lost its server together must not come back together. */
function delayAfter(failures: number): number {
  return Math.random() * Math.min(longestDelay, firstDelay * growth ** failures);
}

export interface LineEvents {
  /** Presents this phone and takes what the server has; runs on every new connection and every return to the page. */
  hello(): Promise<void>;
  changed(connected: boolean): void;
}

/** The line to the server. It is kept up for as long as the page lives; there is no last attempt. */
export class Line {
  /** Whether the server has said that this phone may not take part. */
  ended = false;
  private connection: HubConnection | undefined;
  private skipPause: (() => void) | undefined;
  private checking = false;
  // Some networks let no web socket through. Whatever worked last is tried first.
  private socketsWork = true;
  private readonly listeners: [string, (message: never) => void][] = [];

  constructor(private readonly events: LineEvents) {
    const wake = () => {
      if (document.visibilityState === 'visible') {
        this.wake();
      }
    };
    document.addEventListener('visibilitychange', wake);
    addEventListener('online', wake);
    addEventListener('pageshow', wake);
  }

  get connected(): boolean {
    return this.connection !== undefined;
  }

  on<T>(method: string, listener: (message: T) => void): void {
    this.listeners.push([method, listener]);
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.connection ? this.connection.invoke<T>(method, ...args) : Promise.reject(new Error('not connected'));
  }

  /** Stops for good: the server has said that this phone may not take part. */
  end(): void {
    this.ended = true;
    void this.connection?.stop();
  }

  async run(): Promise<void> {
    for (let failures = 0; !this.ended; failures++) {
      // Every third attempt goes the other way.
      const socket = this.socketsWork !== (failures % 3 === 2);
      const connection = this.build(socket);
      const closed = new Promise<void>(resolve => connection.onclose(() => resolve()));
      try {
        await within(patience, connection.start());
        this.connection = connection;
        await within(patience, this.events.hello());
        this.socketsWork = socket;
        failures = -1;
        this.events.changed(true);
        await closed;
      } catch {
        // Whatever it was, the answer is to try again.
        connection.stop().catch(() => {});
      }

      this.connection = undefined;
      this.events.changed(false);
      await this.pause(delayAfter(Math.max(failures, 0)));
    }
  }

  private build(socket: boolean): HubConnection {
    const options = socket
      // Straight to the socket: one request less than asking first which ways there are.
      ? { transport: HttpTransportType.WebSockets, skipNegotiation: true }
      : { transport: HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling };
    const connection = new HubConnectionBuilder().withUrl(boot.hub, options).configureLogging(LogLevel.None).build();
    for (const [method, listener] of this.listeners) {
      connection.on(method, listener as (...args: unknown[]) => void);
    }

    return connection;
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.skipPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  // Somebody looks at the phone again. If there is a connection it may be dead without knowing: ask, and do not wait long.
  private wake(): void {
    this.skipPause?.();
    const connection = this.connection;
    if (connection && !this.checking) {
      this.checking = true;
      within(patience / 2, this.events.hello())
        .catch(() => connection.stop().catch(() => {}))
        .finally(() => (this.checking = false));
    }
  }
}
