// The same report where scripts do not run: the photos travel with the form.
import assert from "node:assert/strict";
import { play } from "./lib/play.ts";
import { beginReport, checkSent, fillFigures, photoInput, sendButton } from "./lib/report.ts";
import { signInByCode } from "./lib/signin.ts";
import { cast } from "./lib/told.ts";

await play(async (stage) => {
  const page = await stage.visitor({ javaScriptEnabled: false });
  const [team] = cast.others;
  const [before, after] = cast.photos.slice(4, 6);
  assert.ok(team && before && after);
  await signInByCode(page, team);
  await beginReport(page);
  await fillFigures(page);
  await photoInput(page, "before").setInputFiles(before);
  await photoInput(page, "after").setInputFiles(after);
  await sendButton(page).click();
  await checkSent(page);
});
