import assert from "node:assert/strict";
import { test } from "node:test";
import { tidy } from "./paste.ts";

test("what is pasted keeps its tables and lists, and no looks", () => {
  const word = `<html xmlns:o="urn:x"><head><style><!-- p {a: b} --></style></head><body><!--StartFragment-->
<table style='font-family:"Times New Roman">'><tr><td onclick="a('>')" colspan=2><P class=MsoNormal>Số: 45/UBND<o:p></o:p></P></td></tr></table>
<ol start="3" type=1><li>Họp dân < 5 kg</li></ol><img src="x.png"><script>alert("<td>")</script><br/><!--EndFragment--></body></html>`;
  assert.equal(tidy(word).replace(/\s*\n\s*/g, ""), `<html><body><table><tr><td><P>Số: 45/UBND<o></o></P></td></tr></table>` +
    `<ol start="3"><li>Họp dân < 5 kg</li></ol><br></body></html>`);
  assert.equal(tidy("chữ & số"), "chữ & số");
});
