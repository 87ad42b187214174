/** The whole widget: a button on the page, and the panel that it opens. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { type Answer, Api } from "../api";
import type { Words } from "../baked";
import { LeaveKeys, leave } from "../leave";
import { completed, type Options } from "../options";
import { recall, remember } from "../tab";
import { Talk } from "../talk";
import { Chat } from "./Chat";
import { Help } from "./Help";
import { Icon } from "./icons";
import { More } from "./More";
import { translator, type Ui, UiContext } from "./ui";
import { Welcome } from "./Welcome";

export interface AppProps {
  given: Options;
  words: Words;
  direction: string;
  code: string;
  /** Gives the element a way to open the panel. */
  opener: (open: () => void) => void;
}

const REST_MS = 30000;

type Side = "" | "help" | "more";

export function App({ given, words, direction, code, opener }: AppProps) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [options, setOptions] = useState(given);
  const [open, setOpen] = useState(given.mode === "page");
  const [side, setSide] = useState<Side>("");
  const [breathing, setBreathing] = useState(false);
  const [keysLeft, setKeysLeft] = useState(0);
  const [disguised, setDisguised] = useState(given.disguise || recall("disguise") === "1");
  const api = useMemo(() => new Api(() => given.server), [given.server]);
  const talk = useMemo(() => new Talk(api, () => redraw(0)), [api]);
  const [started, setStarted] = useState(talk.open);
  const panel = useRef<HTMLDivElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  const go = useCallback(() => leave(options.exit), [options.exit]);
  const t = useMemo(() => translator(words, disguised), [words, disguised]);

  useEffect(() => opener(() => setOpen(true)), []);
  useEffect(() => () => talk.close(), [talk]);
  useEffect(() => {
    if (!open) return;
    if (started) talk.resume();
    else panel.current?.focus();
    api.config().then((config) => setOptions((now) => completed(now, config))).catch(() => undefined);
  }, [open]);
  useTitle(disguised && open ? t("title") : "");
  useLeaveKeys(go, setKeysLeft);
  useRest(talk);

  const close = () => {
    setOpen(false);
    setSide("");
    setTimeout(() => launcher.current?.focus());
  };
  const turn = (to: Side) => setSide(side === to ? "" : to);
  const before = useRef<Side>("");
  useEffect(() => {
    const find = (where: string) => panel.current?.querySelector<HTMLElement>(where)?.focus();
    if (side) find(".side .sheet");
    else if (before.current) find(`.toolbar .to-${before.current}`);
    before.current = side;
  }, [side]);
  const begin = () => {
    setStarted(true);
    talk.resume();
    talk.send({ text: "/start", said: null });
  };
  const ask = (command: string, said: string) => {
    setSide("");
    talk.send({ text: command, said });
  };
  const disguise = () => {
    remember("disguise", disguised ? null : "1");
    setDisguised(!disguised);
    setSide("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    if (side) setSide("");
    else if (options.mode === "button") close();
  };

  const leaveButton = (
    <button type="button" class="leave" onClick={go} title={t("leave_hint")}>
      <Icon name="leave" />
      {t("leave")}
    </button>
  );
  return (
    <UiContext.Provider value={{ t, options, talk, disguised, leave: go }}>
      <div class={`root ${options.mode} ${disguised ? "disguised" : ""} ${open ? "is-open" : ""}`} dir={direction === "rtl" ? "rtl" : "ltr"} lang={code} data-theme={options.theme}>
        {options.mode === "button" && !open && (
          <div class="bar">
            {leaveButton}
            <button type="button" class="launcher" ref={launcher} onClick={() => setOpen(true)} aria-expanded={false}>
              <Icon name={disguised ? "note" : "wave"} />
              {t("open")}
            </button>
          </div>
        )}
        {open && (
          <div
            class="panel"
            ref={panel}
            tabIndex={-1}
            role={options.mode === "page" ? "region" : "dialog"}
            aria-label={t("title")}
            onKeyDown={onKeyDown}
          >
            <div class="head">
              <div class="brand">
                {options.logo && !disguised ? <img class="logo" src={options.logo} alt="" /> : <Icon name={disguised ? "note" : "wave"} />}
                <div>
                  <p class="title">{(!disguised && options.service) || t("title")}</p>
                  {!disguised && <p class="subtitle">{t("subtitle")}</p>}
                </div>
                {options.mode === "button" && (
                  <button type="button" class="plain" onClick={close} aria-label={t("close")}>
                    <Icon name="close" />
                  </button>
                )}
              </div>
              <nav class="toolbar" aria-label={t("more_title")}>
                <button type="button" class="helper to-help" aria-expanded={side === "help"} onClick={() => turn("help")}>
                  <Icon name="help" />
                  {t("help")}
                </button>
                <button type="button" class="quiet to-more" aria-expanded={side === "more"} onClick={() => turn("more")}>
                  <Icon name="more" />
                  {t("more")}
                </button>
                {leaveButton}
              </nav>
            </div>
            {side && (
              <div class="side">
                <button type="button" class="quiet back" onClick={() => setSide("")}>
                  <Icon name="back" />
                  {t("back")}
                </button>
                {side === "help" ? (
                  <div class="sheet" tabIndex={-1}>
                    <h2>{t("help_title")}</h2>
                    <Help />
                  </div>
                ) : (
                  <More ask={ask} disguise={disguise} started={started} breathe={() => (setSide(""), setBreathing(true))} />
                )}
              </div>
            )}
            <div class="body" hidden={side !== ""}>
              {started ? <Chat shown={!side} breathing={breathing} breathe={setBreathing} /> : <Welcome start={begin} />}
            </div>
          </div>
        )}
        <div class="sr" role="status" aria-live="polite">
          {talk.newest && <span key={talk.newest.id}>{spoken(talk.newest, t)}</span>}
        </div>
        <div class="sr" role="status" aria-live="polite">
          {keysLeft > 0 ? t("leave_keys_left", { n: keysLeft }) : talk.away ? t("offline") : talk.back ? t("back_online") : ""}
        </div>
      </div>
    </UiContext.Provider>
  );
}

/** One complete answer with what can be done next, for screen readers. */
function spoken(answer: Answer, t: Ui["t"]): string {
  const titles = answer.replies.flatMap((reply) => reply.buttons.map((button) => button.title)).join(", ");
  const said = answer.replies.map((reply) => reply.text);
  return [...said, answer.scale && t("scale"), titles && `${t("choices")}: ${titles}`].filter(Boolean).join("\n");
}

/** A harmless title for the tab while the widget looks like notes. */
function useTitle(title: string): void {
  useEffect(() => {
    if (!title) return;
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}

/** A tab that nobody looks at holds no connection: a browser has only a few for each server. */
function useRest(talk: Talk): void {
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(resting);
      if (document.hidden) resting = setTimeout(() => talk.rest(), REST_MS);
      else if (talk.open) talk.resume();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [talk]);
}

/** Esc or Shift three times leaves, wherever on the page they are pressed. */
function useLeaveKeys(go: () => void, tell: (left: number) => void): void {
  useLayoutEffect(() => {
    // before the first paint: nobody sees the page without the keys at work
    const keys = new LeaveKeys(go, tell);
    const down = (event: KeyboardEvent) => keys.down(event);
    const up = (event: KeyboardEvent) => keys.up(event);
    document.addEventListener("keydown", down, true);
    document.addEventListener("keyup", up, true);
    return () => {
      document.removeEventListener("keydown", down, true);
      document.removeEventListener("keyup", up, true);
    };
  }, [go]);
}
