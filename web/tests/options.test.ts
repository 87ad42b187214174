import { describe, expect, it } from "vitest";
import { baked, fill, language } from "../src/baked";
import { completed, fromAttributes, safeUrl } from "../src/options";

describe("options", () => {
  it("takes no address that could run code", () => {
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "blob:x"]) expect(safeUrl(bad, "none")).toBe("none");
  });

  it("lets the page's attributes win over the server's settings", () => {
    const element = document.createElement("div");
    element.setAttribute("service", "Ours");
    const options = completed(fromAttributes(element, "https://chat.example"), { service: "Theirs", hours: "9-5", exit: "javascript:x" });
    expect(options).toMatchObject({ service: "Ours", hours: "9-5", exit: "", server: "https://chat.example" });
  });
});

describe("words", () => {
  it("falls back to English and never reads a value for names", () => {
    expect(language("xx-YY").code).toBe("en");
    expect(fill("{a} {b}", { a: "{b}", b: "x" })).toBe("{b} x");
  });

  it("carries an emergency number for every country it lists", () => {
    expect(baked.countries.length).toBeGreaterThan(40);
    for (const country of baked.countries) expect(country.emergency.length, country.name).toBeGreaterThan(0);
  });
});
