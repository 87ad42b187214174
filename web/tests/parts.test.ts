import { describe, expect, it } from "vitest";
import { linked, parts } from "../src/parts";

const HOSTS = new Set(["findahelpline.com", "childline.org.uk"]);
const NUMBERS = new Set(["999", "116 123"]);

describe("taking a reply apart", () => {
  it("leaves a plain sentence alone", () => {
    expect(parts("How strong is it, from 0 to 10?")).toEqual({ before: "How strong is it, from 0 to 10?", card: "", after: "" });
  });

  it("shows a plan as a card and goes on after it", () => {
    const found = parts("This is your plan so far:\nWarning signs: I go quiet\nWho I can ask: my aunt\nSay it again any time.");
    expect(found.card).toBe("Warning signs: I go quiet\nWho I can ask: my aunt");
    expect(found.after).toBe("Say it again any time.");
  });

  it("takes a whole draft after an empty line, to be copied", () => {
    const found = parts("Here's a draft from your answers:\n\nThere's something hard to say.\nI need you to listen.");
    expect(found.card).toBe("There's something hard to say.\nI need you to listen.");
  });

  it("shows helplines as a card", () => {
    const found = parts("In danger, call 999.\n• Samaritans: call 116 123\n• Shout: text 85258\nWhich country?");
    expect(found).toEqual({
      before: "In danger, call 999.",
      card: "• Samaritans: call 116 123\n• Shout: text 85258",
      after: "Which country?",
    });
  });
});

describe("links in an answer", () => {
  it("makes known numbers and vetted addresses into links", () => {
    const pieces = linked("call 116 123, or childline.org.uk, in danger 999.", HOSTS, NUMBERS);
    expect(pieces.filter((piece) => typeof piece !== "string").map((piece) => (piece as { href: string }).href)).toEqual([
      "tel:116123", "https://childline.org.uk/", "tel:999",
    ]);
  });

  it("leaves other numbers and addresses as text", () => {
    for (const text of ["call 12345", "see evil.example.com", "999 reasons to stay", "call 1999 or 999.5", "javascript:alert(1)"]) {
      expect(linked(text, HOSTS, NUMBERS)).toEqual([text]);
    }
  });
});
