/** A number from 0 to 10, with a slider. Typing the number, or words, works as well. */
import { useState } from "preact/hooks";
import { useUi } from "./ui";

export function Scale({ send }: { send: (n: string) => void }) {
  const { t } = useUi();
  const [value, setValue] = useState(5);
  const said = value === 0 ? t("scale_low") : value === 10 ? t("scale_high") : t("scale_of", { n: value });
  return (
    <div class="scale" role="group" aria-label={t("scale")}>
      <input
        type="range"
        min={0}
        max={10}
        step={1}
        value={value}
        aria-label={t("scale")}
        aria-valuetext={said}
        onInput={(event) => setValue(Number(event.currentTarget.value))}
      />
      <div class="ends" aria-hidden="true">
        <span>{t("scale_low")}</span>
        <span>{t("scale_high")}</span>
      </div>
      <button type="button" class="main" onClick={() => send(String(value))}>
        {t("scale_send", { n: value })}
      </button>
    </div>
  );
}
