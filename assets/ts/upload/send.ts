import { contentDigest } from "./ids.ts";
import { addressOf, type Item } from "./item.ts";

/** What came back; status 0 says that the connection broke. */
export interface Answer {
  status: number;
  body: string;
}

/** Sends one photo. XMLHttpRequest is used because fetch does not tell how far a body got. */
export async function send(item: Item, progress: (share: number) => void): Promise<Answer> {
  const digest = await contentDigest(item.body);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", addressOf(item));
    request.setRequestHeader("Content-Type", item.type || "application/octet-stream");
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.setRequestHeader("X-File-Name", encodeURIComponent(item.name));
    if (digest) request.setRequestHeader("Content-Digest", digest);
    request.timeout = 5 * 60_000;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => resolve({ status: request.status, body: request.responseText });
    request.onerror = request.ontimeout = request.onabort = () => resolve({ status: 0, body: "" });
    request.send(item.body);
  });
}
