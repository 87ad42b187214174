/** Who reads what, before anything is sent; help from people comes first. */
import { useState } from "preact/hooks";
import { Help } from "./Help";
import { useUi } from "./ui";

export function Welcome({ start }: { start: () => void }) {
  const { t, options } = useUi();
  const service = options.service || t("title");
  return (
    <div class="sheet">
      <h2 id="welcome">{t("welcome")}</h2>
      <ul class="facts">
        <li>{t("welcome_bot")}</li>
        <li>{t("welcome_server", { service, days: options.days })}</li>
        <li>{t("welcome_staff")}</li>
        <li>
          {t("welcome_delete")} {t("welcome_tab")}
        </li>
      </ul>
      <div class="row">
        <button type="button" class="main" onClick={start}>
          {t("start")}
        </button>
        <small>{t("start_nothing")}</small>
      </div>
      <ComeBack done={start} />
      <details class="fold">
        <summary>{t("help_title")}</summary>
        <Help />
      </details>
    </div>
  );
}

/** The code of an earlier visit. */
function ComeBack({ done }: { done: () => void }) {
  const { t, talk } = useUi();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const use = async (event: Event) => {
    event.preventDefault();
    setWrong("");
    try {
      await talk.redeem(code);
      done();
    } catch (error) {
      setWrong((error as { status?: number }).status === 404 ? "code_wrong" : "code_failed");
    }
  };
  return (
    <details class="fold">
      <summary>{t("welcome_again")}</summary>
      <form class="stack" onSubmit={use}>
        <label class="field-label">
          {t("code_field")}
          <input
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={32}
            required
          />
        </label>
        <button type="submit">{t("use_code")}</button>
        <p role="alert">{wrong && t(wrong)}</p>
      </form>
    </details>
  );
}
