/** A reply taken apart for showing: what is said, a card (plan, list, draft), what follows. */

export interface Parts {
  before: string;
  card: string;
  after: string;
}

/**
 * Lines that begin with "• " are a card. Else a line that ends with a colon opens a card. After an empty line everything belongs to it (a
 * draft to copy); otherwise the lines that name something ("Who: …") do.
 */
export function parts(text: string): Parts {
  const lines = text.split("\n");
  const bullets = lines.findIndex((line) => line.startsWith("• "));
  if (bullets >= 0) {
    const end = lines.findIndex((line, n) => n > bullets && !line.startsWith("• "));
    const [from, to] = [bullets, end < 0 ? lines.length : end];
    return { before: join(lines.slice(0, from)), card: join(lines.slice(from, to)), after: join(lines.slice(to)) };
  }
  const head = lines.findIndex((line) => line.trimEnd().endsWith(":"));
  const rest = lines.slice(head + 1);
  const none = { before: text, card: "", after: "" };
  if (head < 0 || !rest.some((line) => line.trim())) return none;
  const before = lines.slice(0, head + 1).join("\n");
  if (!rest[0]?.trim()) return { before, card: rest.slice(1).join("\n").trim(), after: "" };
  const last = rest.reduce((found, line, n) => (/^[^.!?]+: /.test(line) ? n : found), -1);
  if (last < 0) return none;
  return { before, card: rest.slice(0, last + 1).join("\n"), after: rest.slice(last + 1).join("\n").trim() };
}

function join(lines: string[]): string {
  return lines.join("\n").trim();
}

export type Piece = string | { text: string; href: string };

const HOST = "(?:[a-z0-9-]+\\.)+(?:com|org|net|uk|ie|au|nz|ca|in)";
const LINK = new RegExp(`(?<![\\d.])\\d[\\d ]*\\d(?!\\.?\\d)|\\b${HOST}\\b`, "gi");
const MEANS_NUMBERS = /\bcall\b|^• /im;

/** Known numbers to call and vetted addresses as links; everything else stays text. */
export function linked(text: string, hosts: ReadonlySet<string>, numbers: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  const calls = MEANS_NUMBERS.test(text);
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    const shown = found[0];
    const href = hosts.has(shown.toLowerCase())
      ? `https://${shown.toLowerCase()}/`
      : calls && numbers.has(shown)
        ? `tel:${shown.replace(/ /g, "")}`
        : "";
    if (!href) continue;
    pieces.push(text.slice(at, found.index), { text: shown, href });
    at = found.index + shown.length;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== "");
}
