/** Calls to the service's server. */

export interface Button {
  title: string;
  payload: string;
}

export interface Reply {
  text: string;
  buttons: Button[];
  image: string | null;
  file?: { name: string; text: string };
}

export interface Answer {
  id: string;
  message: string | null;
  said: string | null;
  replies: Reply[];
  scale: boolean;
  timer: number | null;
  /** Whether everything that was said before has been deleted. */
  forgotten?: boolean;
}

export interface Message {
  id: string;
  said: string | null;
  text?: string;
  pressed?: string;
}

/** The server refused: `again` says whether the same call may succeed later. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly wait: number,
  ) {
    super(String(status));
  }

  get again(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** A little longer than the server may take for a turn. */
const WAIT_MS = 12000;

export class Api {
  constructor(private readonly server: () => string) {}

  config(): Promise<Record<string, unknown>> {
    return this.call("/api/config");
  }

  async session(code?: string): Promise<string> {
    const made = await this.call<{ token: string }>("/api/session", code ? { code } : {});
    return made.token;
  }

  message(token: string, message: Message): Promise<Answer> {
    return this.call("/api/messages", message, token);
  }

  async code(token: string): Promise<string> {
    return (await this.call<{ code: string }>("/api/recovery", {}, token)).code;
  }

  /** The stream of answers after `lastId`. */
  async events(token: string, lastId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (lastId) headers["Last-Event-ID"] = lastId;
    const response = await fetch(`${this.server()}/api/events`, { ...COMMON, headers, signal });
    if (!response.ok || !response.body) throw refusal(response);
    return response.body;
  }

  private async call<T>(path: string, body?: unknown, token?: string): Promise<T> {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    const response = await fetch(this.server() + path, {
      ...COMMON,
      method: body ? "POST" : "GET",
      headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (!response.ok) throw refusal(response);
    return (await response.json()) as T;
  }
}

const COMMON: RequestInit = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };

function refusal(response: Response): Refused {
  return new Refused(response.status, Number(response.headers.get("retry-after")) || 0);
}
