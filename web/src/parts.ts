/** A reply taken apart for showing: what is said, a card (plan, list, draft), what follows. */

export interface Parts {
  before: string;
  card: string;
  after: string;
}

/**
 * A line that ends with a colon opens a card. After an empty line everything belongs to it (a
 * draft to copy); otherwise the lines that name something ("Who: …", "• …") do.
 */
export function parts(text: string): Parts {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => line.trimEnd().endsWith(":"));
  const rest = lines.slice(head + 1);
  const none = { before: text, card: "", after: "" };
  if (head < 0 || !rest.some((line) => line.trim())) return none;
  const before = lines.slice(0, head + 1).join("\n");
  if (!rest[0]?.trim()) return { before, card: rest.slice(1).join("\n").trim(), after: "" };
  const last = rest.reduce((found, line, n) => (/^• |^[^.!?]+: /.test(line) ? n : found), -1);
  if (last < 0) return none;
  return { before, card: rest.slice(0, last + 1).join("\n"), after: rest.slice(last + 1).join("\n").trim() };
}

export type Piece = string | { text: string; href: string };

const LINK = /\b(call )(\d[\d ]*\d)|\b(?:[a-z0-9-]+\.)+(?:com|org|org\.uk|net)\b/gi;

/** Numbers to call and vetted addresses as links; everything else stays text. */
export function linked(text: string, hosts: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    const [whole, call, number] = found;
    if (!number && !hosts.has(whole.toLowerCase())) continue;
    const start = found.index + (call?.length ?? 0);
    const shown = number ?? whole;
    pieces.push(text.slice(at, start), {
      text: shown,
      href: number ? `tel:${number.replace(/ /g, "")}` : `https://${whole.toLowerCase()}/`,
    });
    at = start + shown.length;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== "");
}
