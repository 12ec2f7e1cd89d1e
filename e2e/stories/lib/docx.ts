// A file as a word processor saves it, as small as it can be: what is read of it is what a clerk's own file would say.
import { crc32 } from "node:zlib";

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A paragraph, or what stands beside each other in a table without lines. */
export type Part = string | [left: string[], right: string[]];

export function docx(parts: Part[]): Buffer {
  const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  const cell = (lines: string[]) => `<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>${lines.map(paragraph).join("")}</w:tc>`;
  const body = parts.map((part) =>
    typeof part === "string"
      ? paragraph(part)
      : `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid><w:tr>${part.map(cell).join("")}</w:tr></w:tbl>`,
  );
  return zip({
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `<w:document ${word}><w:body>${body.join("")}<w:sectPr/></w:body></w:document>`,
  });
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** An archive of texts, not compressed. */
function zip(files: Record<string, string>): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = Buffer.from(name);
    const content = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`);
    // Version 2.0, names in UTF-8, stored, the first day of 2026, checksum, both sizes, lengths of name and extra.
    const common = Buffer.alloc(26);
    for (const [offset, value] of [[0, 20], [2, 0x0800], [4, 0], [6, 0], [8, ((2026 - 1980) << 9) | (1 << 5) | 1], [22, path.length], [24, 0]] as const) {
      common.writeUInt16LE(value, offset);
    }
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, content]);
    const place = Buffer.alloc(14); // comment, disk, attributes: none
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, place, path]));
    entries.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const last = Buffer.alloc(18);
  last.writeUInt16LE(directory.length, 4);
  last.writeUInt16LE(directory.length, 6);
  last.writeUInt32LE(list.length, 8);
  last.writeUInt32LE(at, 12);
  return Buffer.concat([...entries, list, Buffer.from("PK\x05\x06"), last]);
}
