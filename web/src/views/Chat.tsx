/** The talk itself: what was said, the choices, the field. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Item } from "../talk";
import { Breathe } from "./Breathe";
import { Bubble } from "./Bubble";
import { Help } from "./Help";
import { Scale } from "./Scale";
import { useUi } from "./ui";
import { Wave } from "./Wave";

interface Props {
  /** Whether nothing lies over the talk. */
  shown: boolean;
  breathing: boolean;
  breathe: (on: boolean) => void;
}

export function Chat({ shown, breathing, breathe }: Props) {
  const { t, talk } = useUi();
  const field = useRef<HTMLTextAreaElement>(null);
  const chat = useRef<HTMLDivElement>(null);
  /** To the field; where that would raise a keyboard over the answer, to the answers. */
  const focus = () => {
    const touch = matchMedia("(pointer: coarse)").matches;
    if (touch) chat.current?.querySelector<HTMLElement>(".log")?.focus();
    else field.current?.focus();
  };
  const say = (text: string) => {
    talk.send({ text });
    focus();
  };
  useEffect(focus, []);
  return (
    <div class="chat" ref={chat}>
      <Log shown={shown} />
      <div class="tools">
        {breathing && <Breathe stop={() => (breathe(false), focus())} />}
        {talk.timer && (
          <Wave
            timer={talk.timer}
            stop={() => {
              talk.stopTimer();
              say(t("timer_stop"));
            }}
          />
        )}
        {talk.scale && <Scale send={say} key={talk.items.length} />}
        {talk.buttons.length > 0 && (
          <div class="choices" role="group" aria-label={t("choices")}>
            {talk.buttons.map(({ title, payload }) => (
              <button
                type="button"
                key={payload}
                onClick={() => {
                  talk.send({ pressed: payload, said: title });
                  focus();
                }}
              >
                {title}
              </button>
            ))}
          </div>
        )}
      </div>
      <Composer field={field} say={say} />
    </div>
  );
}

function Log({ shown }: { shown: boolean }) {
  const { t, talk } = useUi();
  const log = useRef<HTMLDivElement>(null);
  const last = talk.items[talk.items.length - 1];
  useEffect(() => {
    if (log.current) showNewest(log.current);
  }, [talk.items, talk.typing, talk.away, talk.scale, talk.buttons, talk.timer, shown]);
  return (
    <div class="log" role="log" aria-live="off" aria-label={t("conversation")} tabIndex={0} ref={log}>
      {talk.items.map((item, n) => (
        <Line item={item} key={item.key} first={talk.items[n - 1]?.who !== item.who} />
      ))}
      {talk.typing && last?.who === "me" && (
        <div class="typing">
          <span class="sr">{t("typing")}</span>
          <i />
          <i />
          <i />
        </div>
      )}
      {talk.away && <Away />}
    </div>
  );
}

/** Scrolls to the end, but never past the beginning of what was said last. */
function showNewest(log: HTMLElement): void {
  const turns = [...log.children];
  const mine = turns.map((turn) => turn.classList.contains("me")).lastIndexOf(true);
  const newest = turns[mine + 1] ?? turns[mine];
  const top = newest ? newest.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - 12 : 0;
  log.scrollTop = Math.min(top, log.scrollHeight);
}

function Line({ item, first }: { item: Item; first: boolean }) {
  const { t } = useUi();
  if (item.who === "note") return <p class="note">{t(item.note)}</p>;
  return (
    <div class={`turn ${item.who}`}>
      {first && <span class="sr">{t(item.who === "me" ? "you" : "bot")}: </span>}
      {item.who === "bot" ? <Bubble reply={item.reply} /> : <p class="said">{item.text}</p>}
      {item.who === "me" && item.state === "waiting" && <small class="state">{t("waiting")}</small>}
      {item.who === "me" && item.state === "refused" && <small class="state">{t("not_taken")}</small>}
    </div>
  );
}

/** The server cannot be reached: people can. */
function Away() {
  const { t, talk } = useUi();
  return (
    <section class="away" aria-label={t("help_title")}>
      <p>{t("offline")}</p>
      <Help />
      <p>{t("offline_kept")}</p>
      <button type="button" onClick={() => talk.retry()}>
        {t("try_again")}
      </button>
    </section>
  );
}

interface ComposerProps {
  field: { current: HTMLTextAreaElement | null };
  say: (text: string) => void;
}

function Composer({ field, say }: ComposerProps) {
  const { t } = useUi();
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return field.current?.focus();
    say(text.trim());
    setText("");
  };
  return (
    <form class="composer" onSubmit={submit}>
      <label class="sr" for="text">
        {t("field")}
      </label>
      <textarea
        id="text"
        ref={field}
        rows={2}
        maxLength={4000}
        autocomplete="off"
        placeholder={t("field_hint")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
        }}
      />
      <button type="submit" class="main">
        {t("send")}
      </button>
    </form>
  );
}
