// Draws the pictures that other programs show of the site: node pictures.js FOLDER ICON.svg
// The icons of the manifest, and the preview of a link, which has the built site in it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.js";
import { builtSite, serve } from "./server.js";

const [folder, iconPath] = process.argv.slice(2);
const icon = readFileSync(iconPath, "utf8");
const asAddress = (type, bytes) => `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
const iconAddress = asAddress("image/svg+xml", icon);
/** What systems cut out of a maskable icon is a circle of four fifths of its width: all of the drawing lies in it. */
const MASKABLE = 0.72;
const GROUND = /<rect[^>]*fill="(#\w+)"/.exec(icon)[1];

const ICONS = [
  { name: "icon-192.png", size: 192, share: 1, ground: "transparent" },
  { name: "icon-512.png", size: 512, share: 1, ground: "transparent" },
  { name: "icon-maskable-512.png", size: 512, share: MASKABLE, ground: GROUND },
];

const WIDTH = 1200;
const HEIGHT = 630;
const preview = (picture) => `<!doctype html><style>
  * { box-sizing: border-box; margin: 0 }
  body { width: ${WIDTH}px; height: ${HEIGHT}px; overflow: hidden; background: #f7f5f2; color: #1d1b18;
    font: 400 30px/1.35 "Segoe UI", Roboto, Inter, "Noto Sans", "Liberation Sans", sans-serif }
  header { position: absolute; left: 64px; top: 64px; width: 430px }
  .name { display: flex; gap: 20px; align-items: center; margin-bottom: 36px; font-size: 54px; font-weight: 700; letter-spacing: -0.02em }
  .name img { width: 72px; height: 72px }
  p + p { margin-top: 28px; color: #5d5850; font-size: 24px }
  .page { position: absolute; left: 548px; top: 64px; width: 900px; border: 1px solid #8c857a; border-radius: 14px;
    box-shadow: 0 24px 64px rgb(0 0 0 / 22%) }
</style>
<header><div class="name"><img src="${iconAddress}" alt="">Rolewalk</div>
<p>Watch an AWS request walk from a person to S3, and see which door stops it.</p>
<p>AWS IAM and Amazon SageMaker, simulated in the browser. No account, no server.</p></header>
<img class="page" src="${picture}" alt="">`;

const browser = await launch();
const server = await serve(builtSite());
try {
  const draw = async (name, html, width, height, omitBackground) => {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.setContent(html);
    await page.evaluate(() => Promise.all([...document.images].map((it) => it.decode())));
    writeFileSync(join(folder, name), await page.screenshot({ omitBackground }));
    await page.close();
    console.log(`wrote ${name}`);
  };
  for (const { name, size, share, ground } of ICONS) {
    const side = Math.round(size * share);
    const html = `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}"><img width="${side}" src="${iconAddress}">`;
    await draw(name, html, size, size, ground === "transparent");
  }
  const page = await browser.newPage({ viewport: { width: 900, height: 760 }, colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`${server.address}#/world/full-access-is-not-full`);
  await page.getByRole("region", { name: "Verdict" }).waitFor();
  await page.getByRole("combobox", { name: "World" }).waitFor();
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
  await draw("preview.png", preview(asAddress("image/png", picture)), WIDTH, HEIGHT, false);
} finally {
  await browser.close();
  await server.close();
}
