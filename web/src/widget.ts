/** The script that a service pastes: reads its own data-… attributes and puts the chat on the page. */
import { define, TAG } from "./element";
import { ATTRIBUTES } from "./options";

const script = document.currentScript as HTMLScriptElement | null;
const origin = script ? new URL(script.src).origin : location.origin;
define(origin);

if (script && !("element" in script.dataset)) {
  const chat = document.createElement(TAG);
  for (const name of ATTRIBUTES) {
    const value = script.dataset[name];
    if (value !== undefined) chat.setAttribute(name, value);
  }
  const place = () => document.body.append(chat);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}
