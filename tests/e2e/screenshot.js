// Photographs the built site: node screenshot.js FOLDER [#/…]
// Without an address each picture shows a world of its own, as the README wants them.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.js";
import { builtSite, serve } from "./server.js";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const PICTURES = [
  { name: "playground-light.png", world: "#/world/full-access-is-not-full", viewport: DESKTOP, colorScheme: "light" },
  { name: "playground-dark.png", world: "#/world/working-studio", viewport: DESKTOP, colorScheme: "dark" },
  { name: "playground-phone.png", world: "#/world/wrong-trust", viewport: PHONE, colorScheme: "light", isMobile: true, hasTouch: true },
];

const [folder, path] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await serve(builtSite());
const browser = await launch();
try {
  for (const { name, world, ...options } of PICTURES) {
    const context = await browser.newContext({ deviceScaleFactor: 1, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    await page.goto(server.address + (path || world));
    await page.getByRole("region", { name: "Verdict" }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    // What follows by itself is here, and has been put to work: the editor, its findings, the advice.
    await page.waitForLoadState("networkidle");
    await page.getByText("Not looked at yet").waitFor({ state: "hidden" });
    const file = join(folder, name);
    await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
    console.log(`wrote ${file}`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
