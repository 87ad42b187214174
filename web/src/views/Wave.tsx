/** The timer under way, drawn as a wave that is ridden from one side to the other. */
import { useEffect, useState } from "preact/hooks";
import type { Timer } from "../talk";
import { useUi } from "./ui";

const WIDTH = 300;
const HEIGHT = 80;

/** Where the wave is at a share of its time: it rises quickly and falls slowly. */
export function height(share: number): number {
  return Math.sin(Math.PI * share ** 0.6) ** 2;
}

function point(share: number): string {
  return `${(share * WIDTH).toFixed(1)} ${(HEIGHT - 8 - height(share) * (HEIGHT - 20)).toFixed(1)}`;
}

const CURVE = `M${Array.from({ length: 61 }, (_, n) => point(n / 60)).join("L")}`;

export function Wave({ timer, stop }: { timer: Timer; stop: () => void }) {
  const { t } = useUi();
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(ticking);
  }, []);
  const left = Math.max(0, Math.ceil((timer.ends - now) / 1000));
  const share = Math.min(1, (now - timer.started) / (timer.ends - timer.started));
  const [x, y] = point(share).split(" ");
  return (
    <div class="tool" role="group" aria-label={t("timer")}>
      <svg class="ride" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path class="sea" d={`${CURVE}V${HEIGHT}H0Z`} />
        <path class="crest" d={CURVE} />
        <circle cx={x} cy={y} r="7" />
      </svg>
      <p class="tool-says">{t("timer_says")}</p>
      <div class="row">
        <span role="timer" class="clock">
          {left ? t("timer_left", { time: clock(left) }) : t("timer_over")}
        </span>
        <button type="button" onClick={stop}>
          {t("timer_stop")}
        </button>
      </div>
    </div>
  );
}

export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
