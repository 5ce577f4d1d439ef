// A hook of Trunk: takes the content security policy out of a page that Trunk has put its own inline script into, which
// only `trunk serve` does. Invariant: a page without inline scripts keeps its policy.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const POLICY = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/i;
const INLINE = /<script(?![^>]*\ssrc=)[^>]*>/i;

const page = join(process.env.TRUNK_STAGING_DIR, "index.html");
const html = readFileSync(page, "utf8");
if (INLINE.test(html)) {
  if (!POLICY.test(html)) throw new Error("index.html has no content security policy");
  writeFileSync(page, html.replace(POLICY, ""));
}
