/** How a service sets the widget up: attributes on the page first, then what its server says. */

export interface Options {
  server: string;
  mode: "button" | "page";
  service: string;
  logo: string;
  hours: string;
  contact: string;
  exit: string;
  country: string;
  days: number;
  theme: string;
  disguise: boolean;
}

export const ATTRIBUTES = [
  "server", "mode", "service", "logo", "hours", "contact", "exit", "country", "theme", "disguise", "lang", "dir",
] as const;

/** Where leaving goes when nobody says otherwise. */
export const NEUTRAL = "https://www.wikipedia.org/";
const DAYS = 365;

/** The options that an element's attributes give; `origin` is where the script came from. */
export function fromAttributes(element: Element, origin: string): Options {
  const get = (name: string) => element.getAttribute(name)?.trim() ?? "";
  return {
    server: safeUrl(get("server"), origin).replace(/\/+$/, ""),
    mode: get("mode") === "page" ? "page" : "button",
    service: get("service"),
    logo: get("logo") ? safeUrl(get("logo"), "") : "",
    hours: get("hours"),
    contact: get("contact"),
    exit: safeUrl(get("exit"), ""),
    country: get("country").toUpperCase(),
    days: DAYS,
    theme: get("theme"),
    disguise: element.hasAttribute("disguise"),
  };
}

/** The options with what the server knows put where the page says nothing. */
export function completed(options: Options, config: Record<string, unknown>): Options {
  const text = (name: string) => (typeof config[name] === "string" ? (config[name] as string) : "");
  return {
    ...options,
    service: options.service || text("service"),
    hours: options.hours || text("hours"),
    contact: options.contact || text("contact"),
    exit: options.exit || safeUrl(text("exit"), ""),
    country: options.country || text("country"),
    days: typeof config.days === "number" ? config.days : options.days,
  };
}

/** A web address as it stands, or the fallback for anything that is none (`javascript:` and so on). */
export function safeUrl(text: string, fallback: string): string {
  if (!text) return fallback;
  try {
    const url = new URL(text, document.baseURI);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : fallback;
  } catch {
    return fallback;
  }
}
