import { describe, expect, it } from "vitest";
import { EventReader } from "../src/events";

const event = (id: string) => ({ id, message: null, said: null, replies: [], scale: false, timer: null });

describe("reading server-sent events", () => {
  it("puts pieces together wherever they break", () => {
    const reader = new EventReader();
    const stream = `retry: 1000\n: open\n\nid: a-1\ndata: ${JSON.stringify(event("a-1"))}\n\n: still here\n\nid: a-2\ndata: ${JSON.stringify(event("a-2"))}\n\n`;
    for (let size = 1; size < 40; size += 7) {
      const found: string[] = [];
      for (let at = 0; at < stream.length; at += size) {
        for (const one of reader.read(stream.slice(at, at + size))) found.push(one.id);
      }
      expect(found).toEqual(["a-1", "a-2"]);
    }
  });

  it("tells nothing of an event that has not ended", () => {
    expect(new EventReader().read('id: a-1\ndata: {"id":')).toEqual([]);
  });
});
