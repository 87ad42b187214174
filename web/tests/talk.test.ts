import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Api } from "../src/api";
import { forgetAll } from "../src/tab";
import { Talk } from "../src/talk";

/** A small real server that answers as ours does, and can be told to fail. */
class Fake {
  failing = 0;
  taken: string[] = [];
  private server: Server;
  private streams: { write: (text: string) => void }[] = [];

  constructor() {
    this.server = createServer((request, response) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Headers", "*");
      if (request.method === "OPTIONS") return response.end();
      if (request.url === "/api/session") return response.end(JSON.stringify({ token: "t" }));
      if (request.url === "/api/events") {
        this.streams.push(response);
        return response.write(": open\n\n");
      }
      let body = "";
      request.on("data", (piece) => (body += piece));
      request.on("end", () => {
        const message = JSON.parse(body);
        this.taken.push(message.id);
        if (this.failing-- > 0) {
          response.statusCode = 503;
          return response.end("{}");
        }
        const answer = this.answer(`e-${message.id}`, message.id, `heard ${message.text}`);
        this.push(answer);
        response.end(JSON.stringify(answer));
      });
    });
  }

  answer(id: string, message: string | null, text: string) {
    return { id, message, said: null, replies: [{ text, buttons: [], image: null }], scale: false, timer: null };
  }

  push(answer: object): void {
    for (const stream of this.streams) stream.write(`id: x\ndata: ${JSON.stringify(answer)}\n\n`);
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`));
    });
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe("a talk", () => {
  let fake: Fake;
  let talk: Talk;
  const heard = () => talk.items.flatMap((item) => (item.who === "bot" ? [item.reply.text] : []));

  beforeEach(async () => {
    forgetAll();
    fake = new Fake();
    const url = await fake.listen();
    talk = new Talk(new Api(() => url), () => undefined);
  });
  afterEach(() => {
    talk.close();
    fake.close();
  });

  it("shows an answer once, although it comes over both ways", async () => {
    talk.send({ text: "one" });
    await vi.waitFor(() => expect(heard()).toEqual(["heard one"]));
    talk.send({ text: "two" });
    await vi.waitFor(() => expect(heard()).toEqual(["heard one", "heard two"]));
  });

  it("sends a message again under the same id until it is taken, and help shows meanwhile", async () => {
    fake.failing = 1;
    talk.send({ text: "hello" });
    await vi.waitFor(() => expect(talk.away).toBe(true));
    await vi.waitFor(() => expect(heard()).toEqual(["heard hello"]), 3000);
    expect(new Set(fake.taken).size).toBe(1);
    expect(talk.away).toBe(false);
  });

  it("shows an answer that nobody asked for", async () => {
    talk.send({ text: "hello" });
    await vi.waitFor(() => expect(heard().length).toBe(1));
    fake.push(fake.answer("pushed", null, "the time is up"));
    await vi.waitFor(() => expect(heard()).toContain("the time is up"));
  });
});
