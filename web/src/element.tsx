/** `<tideline-chat>`: the widget in a shadow root, styled by adopted sheets so that a strict CSP holds. */
import { render } from "preact";
import { language } from "./baked";
import { ATTRIBUTES, fromAttributes } from "./options";
import chat from "./styles/chat.css";
import frame from "./styles/frame.css";
import look from "./styles/look.css";
import tools from "./styles/tools.css";
import { App } from "./views/App";

export const TAG = "tideline-chat";

let sheets: CSSStyleSheet[] | null = null;

function adopted(): CSSStyleSheet[] {
  sheets ??= [look, frame, chat, tools].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

/** Makes the element class; `origin` is where the script came from. */
export function define(origin: string): void {
  if (customElements.get(TAG)) return;
  customElements.define(
    TAG,
    class extends HTMLElement {
      static observedAttributes = [...ATTRIBUTES];
      private open: (() => void) | null = null;

      connectedCallback(): void {
        const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = adopted();
        this.draw();
        document.addEventListener("click", this.asked);
      }

      disconnectedCallback(): void {
        document.removeEventListener("click", this.asked);
        if (this.shadowRoot) render(null, this.shadowRoot);
      }

      attributeChangedCallback(): void {
        if (this.shadowRoot && this.isConnected) this.draw();
      }

      /** Opens the panel. */
      show(): void {
        this.open?.();
      }

      /** Anything on the page marked `data-tideline-open` opens the panel. */
      private asked = (event: Event): void => {
        const target = event.target as Element | null;
        if (target?.closest?.("[data-tideline-open]")) {
          event.preventDefault();
          this.show();
        }
      };

      private draw(): void {
        const given = fromAttributes(this, origin);
        const spoken = language(this.getAttribute("lang") || document.documentElement.lang || "en");
        const direction = this.getAttribute("dir") || spoken.direction;
        const key = JSON.stringify([given, spoken.code, direction]);
        const app = (
          <App
            key={key}
            given={given}
            words={spoken.words}
            code={spoken.code}
            direction={direction}
            opener={(open) => {
              this.open = open;
            }}
          />
        );
        render(app, this.shadowRoot as ShadowRoot);
      }
    },
  );
}
