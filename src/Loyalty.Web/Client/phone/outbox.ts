import type { SubmitReply } from './messages';
import { uuid } from './random';
import { load, save } from './store';
import type { Values } from './tools';

/** An answer on its way. It is kept, under the key that the server knows it by, until the server has said what became of it. */
export interface Letter {
  key: string;
  activity: string;
  slot: string | null;
  fields: Values;
}

const name = 'outbox';
const mostAttempts = 5;

export interface OutboxEvents {
  send(letter: Letter): Promise<SubmitReply | null>;
  connected(): boolean;
  /** The server has judged: saved or refused. Null if it cannot make anything of it. */
  judged(letter: Letter, reply: SubmitReply | null): void;
  /** The server cannot take it now; it stays and is sent again. */
  postponed(reply: SubmitReply): void;
  changed(): void;
}

export class Outbox {
  private busy = false;
  private attempts = 0;

  constructor(private readonly events: OutboxEvents) {}

  /** Read anew each time: the same page may be open twice. Sending twice is harmless, losing one is not. */
  private get letters(): Letter[] {
    return load<Letter[]>(name) ?? [];
  }

  get isEmpty(): boolean {
    return this.letters.length === 0;
  }

  put(letter: Omit<Letter, 'key'>): void {
    save(name, [...this.letters, { key: uuid(), ...letter }]);
    this.events.changed();
    void this.flush();
  }

  /** Sends what is waiting, in the order in which it was written. */
  async flush(): Promise<void> {
    if (this.busy) {
      return;
    }

    this.busy = true;
    try {
      for (let letter = this.letters[0]; letter && this.events.connected(); letter = this.letters[0]) {
        const reply = await this.events.send(letter);
        if (!reply) {
          break; // turned away
        }

        if (reply.state === 'unavailable') {
          this.events.postponed(reply);
          this.again();
          break;
        }

        this.drop(letter);
        this.events.judged(letter, reply);
      }
    } catch {
      this.failed();
    } finally {
      this.busy = false;
      this.events.changed();
    }
  }

  // The line broke: the next hello flushes. Or the server broke over this letter: one letter must not hold up the rest for ever.
  private failed(): void {
    const letter = this.letters[0];
    if (!letter || !this.events.connected()) {
      return;
    }

    if (++this.attempts < mostAttempts) {
      this.again();
    } else {
      this.drop(letter);
      this.events.judged(letter, null);
      this.again();
    }
  }

  private again(): void {
    setTimeout(() => void this.flush(), 500 + Math.random() * 2_500);
  }

  private drop(letter: Letter): void {
    this.attempts = 0;
    save(name, this.letters.filter(other => other.key !== letter.key));
  }
}
