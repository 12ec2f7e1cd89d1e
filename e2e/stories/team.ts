// A team's representative reports yesterday's clean-up: kilograms with a comma, photos, and a connection that breaks
// in the middle of one. On the phone she comes by the link of a mail, at a desk by the demo's bar.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { play } from "./lib/play.ts";
import { Relay } from "./lib/relay.ts";
import { beginReport, checkSent, fillFigures, photoInput, sendButton, weightField, weights } from "./lib/report.ts";
import { signInByBar, signInByLink } from "./lib/signin.ts";
import { cast, narrow, vi } from "./lib/told.ts";

await play(async (stage) => {
  stage.expect(/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|NETWORK)/);
  const page = await stage.visitor();
  if (narrow) await signInByLink(page, cast.team);
  else await signInByBar(page, "dai-dien-doi");

  const relay = await Relay.open();
  stage.admit(relay.url);
  const place = await beginReport(page, relay.url);
  assert.ok(place, "the desk names the place");
  await fillFigures(page);
  for (const w of weights) {
    const output = page.locator(".field").filter({ has: weightField(page, w.type) }).getByRole("status");
    assert.match(await output.innerText(), new RegExp(`→ ${w.shown.replace(/[.]/g, "\\.")} kg`));
  }

  const [before, after] = narrow ? cast.photos.slice(0, 2) : cast.photos.slice(2, 4);
  assert.ok(before && after);
  await photos(page, "before").locator("input[type=file]").setInputFiles(before);
  await arrived(photos(page, "before"));
  await loseConnection(page, relay, photos(page, "after"), after);

  await sendButton(page).click();
  await checkSent(page);
  relay.close();
});

function photos(page: Page, role: string): Locator {
  return page.locator("[data-photos]").filter({ has: photoInput(page, role) });
}

async function arrived(field: Locator): Promise<void> {
  await field.getByRole("listitem").filter({ hasText: vi.say("ui.upload.uploaded") }).waitFor();
}

/** Breaks the connection when a part of a photo is on its way, and lets it come back. */
async function loseConnection(page: Page, relay: Relay, field: Locator, photo: string): Promise<void> {
  const underWay = relay.stopAfter(60_000);
  await field.locator("input[type=file]").setInputFiles(photo);
  await underWay;
  const item = field.getByRole("listitem");
  await item.getByText(vi.say("ui.upload.uploading")).waitFor();

  await page.context().setOffline(true);
  relay.cut();
  await item.getByText(vi.say("ui.upload.waiting")).waitFor();

  relay.mend();
  await page.context().setOffline(false);
  await arrived(field);
}
