/** One conversation as the browser sees it: what was said, what still waits to be sent. */
import { type Answer, type Api, type Button, type Message, type Reply, Refused } from "./api";
import { readAll } from "./events";
import { recall, remember } from "./tab";

export type Item =
  | { key: string; who: "me"; text: string; state: "sending" | "waiting" | "sent" | "refused" }
  | { key: string; who: "bot"; reply: Reply }
  | { key: string; who: "note"; note: string };

export interface Timer {
  started: number;
  ends: number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;

export class Talk {
  items: Item[] = [];
  buttons: Button[] = [];
  scale = false;
  timer: Timer | null = null;
  /** Whether the server cannot be reached just now. */
  away = false;
  /** Whether it could not be for a while, and can again. */
  back = false;
  /** The newest complete answer. */
  newest: Answer | null = null;

  private token = recall("token");
  private queue: Message[] = [];
  private sending = false;
  private seen = new Set<string>();
  private streamed = "";
  private reading: AbortController | null = null;
  private wake: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
  ) {}

  /** Whether this tab has a talk to go back to. */
  get open(): boolean {
    return this.token !== null;
  }

  get typing(): boolean {
    return this.sending && !this.away;
  }

  /** Begin, or go on with the talk of this tab. */
  resume(): void {
    if (this.token && !this.reading) void this.follow();
  }

  /** Stop listening, while nobody looks; `resume` then fetches what came meanwhile. */
  rest(): void {
    this.reading?.abort();
    this.reading = null;
  }

  /** Go on with the record that a code opens. */
  async redeem(code: string): Promise<void> {
    this.adopt(await this.api.session(code));
  }

  /** A code with which this record can be found again. */
  makeCode(): Promise<string> {
    return this.api.code(this.token ?? "");
  }

  send(message: { text?: string; pressed?: string; said?: string | null }): void {
    const said = message.said === undefined ? (message.text ?? null) : message.said;
    const full: Message = { id: freshId(), text: message.text, pressed: message.pressed, said };
    if (said) this.items = [...this.items, { key: full.id, who: "me", text: said, state: "sending" }];
    this.buttons = [];
    this.scale = false;
    this.queue.push(full);
    this.changed();
    void this.pump();
  }

  /** Try again now, without waiting. */
  retry(): void {
    this.wake?.();
  }

  stopTimer(): void {
    this.timer = null;
    this.changed();
  }

  /** Let go of everything. */
  close(): void {
    this.closed = true;
    this.reading?.abort();
    this.wake?.();
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.changed();
    let wait = FIRST_WAIT;
    while (this.queue.length && !this.closed) {
      const message = this.queue[0] as Message;
      try {
        if (!this.token) this.adopt(await this.api.session());
        this.take(await this.api.message(this.token as string, message));
        this.queue.shift();
        this.reach();
        wait = FIRST_WAIT;
      } catch (error) {
        if (this.refused(error, message)) continue;
        this.mark(message.id, "waiting");
        this.lose();
        await this.pause(Math.max(wait, error instanceof Refused ? error.wait * 1000 : 0));
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
    this.sending = false;
    this.changed();
  }

  /** Deals with a refusal that waiting does not change; false for any other fault. */
  private refused(error: unknown, message: Message): boolean {
    if (!(error instanceof Refused) || error.again) return false;
    if (error.status === 401) {
      this.drop();
      return true;
    }
    this.queue.shift();
    this.mark(message.id, "refused");
    this.note("not_taken");
    this.away = true; // shows the helplines
    return true;
  }

  private adopt(token: string): void {
    this.token = token;
    remember("token", token);
    this.streamed = "";
    this.reading?.abort();
    void this.follow();
  }

  private drop(): void {
    this.token = null;
    remember("token", null);
    this.reading?.abort();
    this.reading = null;
    this.note("new_talk");
  }

  private async follow(): Promise<void> {
    const mine = new AbortController();
    this.reading = mine;
    let wait = FIRST_WAIT;
    while (this.reading === mine && this.token && !this.closed) {
      try {
        const body = await this.api.events(this.token, this.streamed, mine.signal);
        this.reach();
        wait = FIRST_WAIT;
        await readAll(body, (event) => {
          this.streamed = event.id;
          this.take(event);
        });
      } catch (error) {
        if (mine.signal.aborted) return;
        if (error instanceof Refused && error.status === 401) {
          return this.drop();
        }
        this.lose();
      }
      await this.pause(wait, mine.signal);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  private take(answer: Answer): void {
    if (this.seen.has(answer.id) || (answer.message && this.seen.has(answer.message))) return;
    this.seen.add(answer.id);
    if (answer.message) this.seen.add(answer.message);
    const mine = answer.message && this.mark(answer.message, "sent");
    if (answer.said && !mine) {
      this.items = [...this.items, { key: `${answer.id}-said`, who: "me", text: answer.said, state: "sent" }];
    }
    if (answer.forgotten) this.items = [];
    const said = answer.replies.map((reply, n): Item => ({ key: `${answer.id}-${n}`, who: "bot", reply }));
    this.items = [...this.items, ...said];
    this.buttons = answer.replies.flatMap((reply) => reply.buttons);
    this.scale = answer.scale;
    const now = performance.now();
    this.timer = answer.timer ? { started: this.timer?.started ?? now, ends: now + answer.timer * 1000 } : null;
    this.newest = answer;
    this.changed();
  }

  private mark(id: string, state: "sent" | "waiting" | "refused"): boolean {
    let found = false;
    this.items = this.items.map((item) => {
      if (item.key !== id || item.who !== "me") return item;
      found = true;
      return { ...item, state };
    });
    return found;
  }

  private note(note: string): void {
    this.items = [...this.items, { key: freshId(), who: "note", note }];
    this.changed();
  }

  private reach(): void {
    if (!this.away) return;
    this.away = false;
    this.back = true;
    this.wake?.();
    this.changed();
  }

  private lose(): void {
    this.away = true;
    this.changed();
  }

  /** Waits, or less when the connection comes back or the person asks to try again. */
  private pause(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const earlier = this.wake;
      const end = () => {
        clearTimeout(timer);
        removeEventListener("online", end);
        if (this.wake === woken) this.wake = null;
        resolve();
      };
      const woken = () => {
        earlier?.();
        end();
      };
      const timer = setTimeout(end, ms);
      this.wake = woken;
      addEventListener("online", end);
      signal?.addEventListener("abort", end);
    });
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http. */
export function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
