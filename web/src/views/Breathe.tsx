/** Breathing in for four seconds and out for six. Without motion the words alone change. */
import { useEffect, useState } from "preact/hooks";
import { useUi } from "./ui";

const IN_MS = 4000;
const OUT_MS = 6000;

export function Breathe({ stop }: { stop: () => void }) {
  const { t } = useUi();
  const [inward, setInward] = useState(true);
  useEffect(() => {
    const next = setTimeout(() => setInward(!inward), inward ? IN_MS : OUT_MS);
    return () => clearTimeout(next);
  }, [inward]);
  return (
    <div class="tool breathe" role="group" aria-label={t("breathe")}>
      <div class={inward ? "lung in" : "lung out"} aria-hidden="true" />
      <p class="tool-says">{t(inward ? "breathe_in" : "breathe_out")}</p>
      <p class="tool-hint">{t("breathe_hint")}</p>
      <button type="button" onClick={stop}>
        {t("breathe_stop")}
      </button>
    </div>
  );
}
