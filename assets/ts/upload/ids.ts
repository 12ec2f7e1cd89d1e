/** A UUID of version 7: the time in milliseconds, then chance. The server takes it as the photo's ID. */
export function uuid7(now: number, random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  let rest = now;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The Content-Digest header of a body (RFC 9530), or nothing where the browser refuses (plain http). */
export async function contentDigest(body: Blob): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  return `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
}
