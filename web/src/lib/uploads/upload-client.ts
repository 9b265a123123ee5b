/** What is known of an upload on the server. */
export interface ServerUpload {
  readonly id: string;
  readonly receivedBytes: number;
}

/** What an upload becomes. */
export interface ImportWish {
  readonly requestId: string;
  /** Empty: a new course. */
  readonly courseId?: string;
  readonly title?: string;
  readonly note?: string;
}

/** The upload routes of the BFF. */
export interface UploadClient {
  /** Begins an upload; the same `requestId` again gives the same upload and how much of it has arrived. */
  open(requestId: string, file: File): Promise<ServerUpload>;
  /** Sends bytes from `offset`; reports how many of them are on their way. Returns what the server has. */
  append(id: string, offset: number, slice: Blob, sent: (bytes: number) => void, signal: AbortSignal): Promise<number>;
  /** Turns a whole upload into an import and returns its id. */
  startImport(id: string, wish: ImportWish): Promise<string>;
}

/** The server answered and refused; trying again would not help. */
export class UploadRefused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = "UploadRefused";
    this.status = status;
  }
}

/** Talks to `/web/uploads` with a bearer token. */
export function httpUploadClient(accessToken: () => Promise<string | undefined>): UploadClient {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`/web/uploads${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await accessToken()}` },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok) throw failure(response.status, answer);
    return answer;
  };
  return {
    async open(requestId, file) {
      const answer = await post("", { requestId, filename: file.name, size: file.size });
      const { upload } = answer as { upload: { id: string; receivedBytes: number | string } };
      return { id: upload.id, receivedBytes: Number(upload.receivedBytes) };
    },
    async append(id, offset, slice, sent, signal) {
      const answer = await patch(`/web/uploads/${id}?offset=${offset}`, slice, await accessToken(), sent, signal);
      const received = (answer as { upload?: { receivedBytes?: number | string } }).upload?.receivedBytes;
      return received === undefined ? offset + slice.size : Number(received);
    },
    async startImport(id, wish) {
      return ((await post(`/${id}/import`, wish)) as { importId: string }).importId;
    },
  };
}

/** `fetch` cannot report how much of a request has been sent, so this is an XMLHttpRequest. */
function patch(
  url: string,
  body: Blob,
  token: string | undefined,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => sent(event.loaded));
    request.addEventListener("load", () =>
      request.status < 300 ? resolve(request.response ?? {}) : reject(failure(request.status, request.response)),
    );
    request.addEventListener("error", () => reject(new TypeError("network")));
    request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

function failure(status: number, answer: unknown): Error {
  const said = (answer as { message?: unknown } | null)?.message;
  const message = typeof said === "string" ? said : `HTTP ${status}`;
  const passing = status >= 500 || status === 408 || status === 409 || status === 429;
  return passing ? new TypeError(message) : new UploadRefused(status, message);
}
