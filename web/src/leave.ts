/** Leaving at once: the page is blanked first, then replaced, so that Back does not return to it. */
import { NEUTRAL } from "./options";
import { forgetAll } from "./tab";

const PRESSES = 3;
const WITHIN_MS = 5000;
const KEYS = ["Escape", "Shift"];

/** Blank, forget, replace. */
export function leave(exit: string): void {
  document.title = "\u200b";
  document.documentElement.replaceChildren();
  forgetAll();
  const target = exit || NEUTRAL;
  try {
    if (window.top && window.top !== window) window.top.location.replace(target);
  } catch {
    // the frame may not move its page: it leaves alone
  }
  location.replace(target);
}

/**
 * Counts Esc or Shift pressed three times within five seconds. A key pressed in between
 * starts again, so that writing capitals never leaves the page.
 */
export class LeaveKeys {
  private key = "";
  private times: number[] = [];
  private alone = true;

  constructor(
    private readonly act: () => void,
    private readonly tell: (left: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  down(event: { key: string; repeat?: boolean }): void {
    if (event.key !== this.key) this.times = [];
    this.alone = KEYS.includes(event.key);
    if (this.alone) this.key = event.key;
    else this.times = [];
  }

  up(event: { key: string }): void {
    if (!this.alone || event.key !== this.key) return;
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < WITHIN_MS), now];
    const left = PRESSES - this.times.length;
    if (left <= 0) this.act();
    else this.tell(left);
  }
}
