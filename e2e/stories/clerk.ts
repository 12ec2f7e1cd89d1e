// The clerk of a ward signs in with the code of a mail, opens the inbox, and acknowledges today's letter; it gets the
// ward's next arrival number.
import assert from "node:assert/strict";
import { play, visit } from "./lib/play.ts";
import { signInByCode } from "./lib/signin.ts";
import { cast, narrow, vi } from "./lib/told.ts";

await play(async (stage) => {
  const page = await stage.visitor();
  const email = cast.clerks[narrow ? 0 : 1];
  assert.ok(email);
  await signInByCode(page, email);

  await visit(page, "/don-vi");
  const main = page.getByRole("main");
  await main.getByRole("link", { name: vi.say("units.desk.allIn"), exact: true }).click();
  await page.getByRole("heading", { level: 1, name: vi.say("units.inbox.title") }).waitFor();

  const letters = main.getByRole("row").filter({ hasText: vi.say("ui.status.dispatch.arrived") });
  assert.equal(await letters.count(), 1, "one letter waits to be received");
  const symbol = await letters.getByRole("link").innerText();
  assert.match(symbol, /^\d+\/UBND-VH$/);
  await letters.getByRole("link").click();
  await main.getByRole("heading", { name: vi.say("units.next.receive") }).waitFor();
  await main.getByRole("button", { name: vi.say("units.receive.title") }).click();

  const said = await page.getByText(vi.like("units.receive.done")).innerText();
  const number = /(\d+)\/(\d{4})/.exec(said);
  assert.ok(number, `the arrival number is named: ${said}`);
  await main.getByText(vi.say("ui.status.dispatch.received")).first().waitFor();
  await main.getByText(vi.say("units.arrivalNumber", { Number: number[1] ?? "", Year: number[2] ?? "" })).first().waitFor();

  await main.getByRole("heading", { name: vi.say("units.next.present") }).waitFor();
  await visit(page, "/don-vi");
  assert.equal(await main.getByRole("row").filter({ hasText: vi.say("ui.status.dispatch.arrived") }).count(), 0);
});
