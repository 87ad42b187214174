/** One message of the bot. Its text is only ever set as text: nothing is read as HTML. */
import { useState } from "preact/hooks";
import type { Reply } from "../api";
import { linked, parts } from "../parts";
import { HOSTS, NUMBERS, useUi } from "./ui";

export function Bubble({ reply }: { reply: Reply }) {
  const { t } = useUi();
  const { before, card, after } = parts(reply.text);
  return (
    <>
      {before && (
        <p class="said">
          <Linked text={before} />
        </p>
      )}
      {card && <Card text={card} name="notes.txt" />}
      {after && (
        <p class="said">
          <Linked text={after} />
        </p>
      )}
      {reply.image?.startsWith("data:image/") && <img src={reply.image} alt={t("picture")} />}
      {reply.file && <Card text={reply.file.text} name={reply.file.name} folded />}
    </>
  );
}

function Linked({ text }: { text: string }) {
  return (
    <>
      {linked(text, HOSTS, NUMBERS).map((piece, n) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a key={n} href={piece.href} rel="noopener noreferrer" target={piece.href.startsWith("tel:") ? undefined : "_blank"}>
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

interface CardProps {
  text: string;
  name: string;
  folded?: boolean;
}

/** A plan, a list or a draft: to read, to copy, to keep. */
function Card({ text, name, folded }: CardProps) {
  const { t } = useUi();
  const [told, setTold] = useState("");
  const isHelp = text.startsWith("• ");
  const copy = () =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => setTold("copied"),
      () => setTold("copy_failed"),
    );
  const body = <Rows text={text} />;
  return (
    <div class={isHelp ? "card card-help" : "card"}>
      {folded ? (
        <details>
          <summary>{t("show_text")}</summary>
          <pre tabIndex={0} aria-label={name}>{text}</pre>
        </details>
      ) : (
        body
      )}
      {!isHelp && (
        <>
          <div class="row">
            <button type="button" class="small" onClick={copy}>
              {t("copy")}
            </button>
            <button type="button" class="small" onClick={() => save(name, text)}>
              {t("save")}
            </button>
          </div>
          <small role="status">{told ? t(told) : t("save_hint")}</small>
        </>
      )}
    </div>
  );
}

/** "Who: my aunt" as a name and its value; other lines as they are. */
function Rows({ text }: { text: string }) {
  return (
    <div class="rows">
      {text.split("\n").map((line, n) => {
        const [, name, value] = /^([^.!?:•]{2,40}): (.+)$/.exec(line) ?? [];
        return (
          <p key={n}>
            {name && value ? (
              <>
                <strong>{name}</strong>
                <span>{value}</span>
              </>
            ) : (
              <Linked text={line} />
            )}
          </p>
        );
      })}
    </div>
  );
}

/** Only ever at the person's own tap. */
function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
