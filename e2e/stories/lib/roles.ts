// Everybody who works here, as the demo's bar signs them in, and where they begin.
import type { Page } from "playwright-core";
import type { Stage } from "./play.ts";
import { signInByBar } from "./signin.ts";

export const roles = [
  { face: "", start: "/" },
  { face: "van-thu.19996", start: "/don-vi" },
  { face: "van-thu-thi-xa", start: "/don-vi" },
  { face: "lanh-dao-thi-xa", start: "/don-vi" },
  { face: "dai-dien-doi", start: "/doi" },
  { face: "ban-to-chuc-1", start: "/ban-to-chuc" },
  { face: "quan-tri", start: "/tai-khoan" },
] as const;

export type Role = (typeof roles)[number];

/** A browser in which somebody of this role is signed in; nobody for the first. */
export async function visitorOf(stage: Stage, role: Role, options: Parameters<Stage["visitor"]>[0] = {}): Promise<Page> {
  const page = await stage.visitor(options);
  if (role.face) await signInByBar(page, role.face);
  return page;
}
