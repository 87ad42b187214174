/** Server-sent events over fetch: the token travels in a header, not in an address that gets logged. */
import type { Answer } from "./api";

/** Splits a stream of text into events; pieces may break anywhere. */
export class EventReader {
  private rest = "";

  read(piece: string): Answer[] {
    const blocks = (this.rest + piece).split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trimStart())
        .join("\n");
      return data ? [JSON.parse(data) as Answer] : [];
    });
  }
}

/** Reads a stream to its end, telling each event as it comes. */
export async function readAll(body: ReadableStream<Uint8Array>, tell: (event: Answer) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const events = new EventReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of events.read(value)) tell(event);
  }
}
