// What every page loads: small helpers for forms. Everything here makes a working page nicer; nothing depends on it.
import { startChoosing } from "./choosing.ts";
import { startForms } from "./forms.ts";
import { startLetters } from "./letters.ts";
import { startMenus } from "./menus.ts";
import { startPaste } from "./paste.ts";
import { startShare } from "./share.ts";
import { startWaiting } from "./wait.ts";
import { startWeights } from "./weights.ts";

startForms(document);
startWeights(document);
startMenus(document);
startLetters(document);
startShare(document);
startWaiting(document);
startChoosing(document);
startPaste(document);
