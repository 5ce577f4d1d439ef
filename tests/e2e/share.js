// Links that hold a scenario, as anybody could make them.

import { deflateRawSync } from "node:zlib";

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** The text of a link of that version around any JSON. */
export function packed(version, json) {
  const bytes = Buffer.from(typeof json === "string" ? json : JSON.stringify(json));
  const sum = adler32(bytes).toString(16).padStart(8, "0");
  return `${version}.${deflateRawSync(bytes, { level: 9 }).toString("base64url")}.${sum}`;
}

/** What this browser keeps of the visitor's own scenario, as text; nothing where it keeps none. */
export const draft = (page) =>
  page.evaluate(() => JSON.stringify(JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft?.scenario ?? null));

/** Begins a draft of one's own, whose MFA is off, and waits until it is kept. */
export async function ownDraft({ page, open }) {
  await open("#/world/wrong-trust");
  await page.getByRole("checkbox", { name: "with MFA" }).uncheck();
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft);
  return draft(page);
}

/** Opens the dialog of the button and gives its parts. */
export async function shareDialog(page) {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this scenario" });
  return { dialog, link: dialog.getByRole("textbox", { name: "Link to this scenario" }) };
}

/** A value with that text in every string of it that is no ARN and no kind of thing. */
export function everywhere(value, text, key = "") {
  if (Array.isArray(value)) return value.map((it) => everywhere(it, text, key));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, everywhere(it, text, key)]));
  }
  const isFree = ["name", "about", "text", "person", "description", "prefix", "document", "trustPolicy", "policy"];
  return typeof value === "string" && isFree.includes(key) ? text : value;
}
