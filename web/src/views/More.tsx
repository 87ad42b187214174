/** Everything beside the talk: one's data, a code to come back, looking like notes, honest words. */
import { useState } from "preact/hooks";
import { useUi } from "./ui";

interface Props {
  ask: (command: string, said: string) => void;
  breathe: () => void;
  disguise: () => void;
  started: boolean;
}

export function More({ ask, breathe, disguise, started }: Props) {
  const { t, disguised } = useUi();
  const [sure, setSure] = useState(false);
  const command = (name: string, word: string) => (
    <button type="button" onClick={() => ask(name, t(word))}>
      {t(word)}
    </button>
  );
  return (
    <div class="sheet more" tabIndex={-1}>
      <h2>{t("more_title")}</h2>
      {started && (
        <div class="grid">
          {command("/plan", "my_plan")}
          {command("/progress", "my_progress")}
          <button type="button" onClick={breathe}>
            {t("breathe")}
          </button>
          {command("/export", "my_data")}
          {sure ? (
            <div class="line" role="group" aria-label={t("delete_sure")}>
              <p>{t("delete_sure")}</p>
              <div class="row">
                {command("/forget", "delete_yes")}
                <button type="button" onClick={() => setSure(false)}>
                  {t("delete_no")}
                </button>
              </div>
            </div>
          ) : (
            <button type="button" onClick={() => setSure(true)}>
              {t("delete_all")}
            </button>
          )}
        </div>
      )}
      <button type="button" class="wide" onClick={disguise}>
        {t(disguised ? "disguise_off" : "disguise_on")}
      </button>
      {started && <Code />}
      <h3>{t("traces")}</h3>
      <p>{t("leave_hint")}</p>
      <p>{t("traces_says")}</p>
      <p>{t("watched")}</p>
    </div>
  );
}

function Code() {
  const { t, talk } = useUi();
  const [code, setCode] = useState("");
  const [failed, setFailed] = useState(false);
  const make = () =>
    talk.makeCode().then(
      (made) => (setCode(made), setFailed(false)),
      () => setFailed(true),
    );
  return (
    <section class="line" aria-label={t("code_make")}>
      <p>{t("code_about")}</p>
      {code ? null : (
        <button type="button" onClick={make}>
          {t("code_make")}
        </button>
      )}
      <div role="status">
        {code && (
          <>
            <p>{t("code_yours")}</p>
            <p class="code">{code}</p>
          </>
        )}
        {failed && t("code_failed")}
      </div>
    </section>
  );
}
