// The editor in the text area's place: it takes over without a trace, never changes a character by itself, and where it
// does not arrive the text area stays.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const EDITOR_FILE = /editor[^/]*\.js(\?.*)?$/;

const selection = (page) =>
  page.locator("#policy-text").evaluate((it) => [it.selectionStart, it.selectionEnd, it === document.activeElement]);

/** Where the first line of the text is on the screen, and how wide the numbers are. */
const place = (page) =>
  page.evaluate(() => {
    const [first] = document.querySelectorAll(".cm-line, .code-line");
    const text = document.createRange();
    text.selectNodeContents(first);
    const { x, y, height } = text.getBoundingClientRect();
    return [x, y, height].map(Math.round);
  });

/** Pastes a text as a program would have put it onto the clipboard, line ends and all. */
const pasteExactly = (page, text) =>
  page.locator("#policy-text").evaluate((it, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    it.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

journey("the editor takes over text, caret, focus and place, and nothing jumps", async (tools) => {
  const { page } = tools;
  let arrive;
  const arrival = new Promise((resolve) => (arrive = resolve));
  await page.route(EDITOR_FILE, async (route) => {
    await arrival;
    await route.continue();
  });
  const parts = await openWorld(tools, "working-studio");
  const before = await parts.textNow();
  const at = before.indexOf("sagemaker.amazonaws.com");
  await parts.text.evaluate((it, at) => {
    it.focus();
    it.setSelectionRange(at, at + "sagemaker".length);
  }, at);
  await page.keyboard.insertText("lambda");
  await parts.says("Stopped at door");
  const where = await place(page);
  const caret = await selection(page);
  arrive();
  await parts.isRich();
  assert.deepEqual(await selection(page), caret);
  assert.deepEqual(await place(page), where);
  assert.equal(await parts.textNow(), before.replace("sagemaker.amazonaws", "lambda.amazonaws"));
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Backspace");
  assert.match(await parts.textNow(), /lambd\.amazonaws/);
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.says("Every door is open");
  assert.equal(await parts.textNow(), before);
});

journey("without the editor's file the text area works, says so, and can try again", async (tools) => {
  const { page, axe, expectError } = tools;
  expectError(/ERR_FAILED|Failed to load/);
  let isOffline = true;
  await page.route(EDITOR_FILE, (route) => (isOffline ? route.abort() : route.continue()));
  const parts = await openWorld(tools, "wrong-trust");
  await page.getByText("The editor could not be fetched").waitFor();
  assert.equal(await axe(), "");
  await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
  await parts.says("Every door is open");
  // What needs no editor is there: findings, what the statements come to, layout.
  await page.getByRole("region", { name: "What the statements come to" }).getByText("Allows").waitFor();
  isOffline = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await parts.isRich();
  assert.match(await parts.textNow(), /sagemaker\.amazonaws\.com/);
});

for (const [what, cut] of [["missing", null], ["cut off", '{\n"s3":{"n":"Amazon S3","r":[],"c":[],"a":[["Get']]) {
  journey(`with the reference data ${what} the editor works and says so`, async (tools) => {
    const { page, axe, expectError } = tools;
    expectError(/catalogue|ERR_FAILED|Failed to load/);
    let isBroken = true;
    await page.route(/data\/catalogue\//, (route) => {
      if (!isBroken) return route.continue();
      return cut === null ? route.abort() : route.fulfill({ body: cut, contentType: "application/json" });
    });
    const parts = await openWorld(tools, "wrong-trust");
    await parts.isRich();
    await page.getByText("could not be fetched, so nothing is completed").waitFor();
    await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
    await parts.says("Every door is open");
    assert.equal(await axe(), "");
    isBroken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("could not be fetched, so nothing is completed").waitFor({ state: "hidden" });
  });
}

journey("Enter behind a bracket breaks the line, whatever the list has to offer", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.paste("");
  await page.keyboard.type("{");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /^\{\n\s*\n?\}$/.test(document.querySelector("#policy-text").value));
  await page.getByRole("listbox").waitFor({ state: "hidden" });
  // Whoever goes to the list takes from it.
  await page.keyboard.press("Control+Space");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /"\w+"/.test(document.querySelector("#policy-text").value));
});

journey("in lines that end as on Windows the caret stands before the end, and goes over it whole", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.text.press("ControlOrMeta+a");
  await pasteExactly(page, "{\r\n  1\r\n}\r\n");
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  await page.keyboard.insertText("a");
  assert.equal(await parts.textNow(), "{a\r\n  1\r\n}\r\n");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.insertText("b");
  assert.equal(await parts.textNow(), "{a\r\nb  1\r\n}\r\n");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.insertText("c");
  assert.equal(await parts.textNow(), "{ac\r\nb  1\r\n}\r\n");
  await page.keyboard.press("Delete");
  assert.equal(await parts.textNow(), "{acb  1\r\n}\r\n");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Backspace");
  assert.equal(await parts.textNow(), "{acb  1}\r\n");
});

const NUL = String.fromCharCode(0);
const EXACT = {
  "line ends of Windows": '{\r\n  "Version": "2012-10-17",\r\n\t"Statement": []\r\n}\r\n',
  "mixed line ends": '{\r\n  "Version": "2012-10-17",\n  "Statement": []\r}\n',
  "a byte order mark, tabs and blanks at the ends of lines": '\ufeff{ \t\n\t"Version": "2012-10-17",  \n\t"Statement": []\n}',
  "characters of every length, also such that do not show": `{ "Sid": "é€😀👩‍👧\u200b\u202e${NUL}\u2028", "a": "long enough to be a paste" }`,
};

for (const [what, text] of Object.entries(EXACT)) {
  journey(`${what} stay as they are`, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "working-studio");
    await parts.isRich();
    const before = await parts.textNow();
    await parts.text.press("ControlOrMeta+a");
    await pasteExactly(page, text);
    assert.equal(await parts.textNow(), text);
    // Typing in one place changes nothing in any other.
    await parts.text.press("ControlOrMeta+Home");
    await page.keyboard.insertText("x");
    assert.equal(await parts.textNow(), `x${text}`);
    await page.keyboard.press("ControlOrMeta+z");
    await parts.becomes(text);
    // The page keeps it: it is there after a reload.
    await page.keyboard.insertText("y");
    const kept = await parts.textNow();
    await page.goto(`${tools.address}?again`);
    await parts.isRich();
    assert.equal(await parts.textNow(), kept);
    await parts.text.press("ControlOrMeta+z");
    assert.notEqual(before, kept);
  });
}

journey("a new line in a text with line ends of Windows has one, too", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.text.press("ControlOrMeta+a");
  await pasteExactly(page, '{\r\n  "a": 1\r\n}\r\n');
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("x");
  assert.equal(await parts.textNow(), '{\r\n  "a": 1\r\n  x\r\n}\r\n');
});

journey("so has one on the last line, and one at each of several carets", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.text.press("ControlOrMeta+a");
  await pasteExactly(page, "{\r\n}\r\n");
  await parts.text.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  assert.equal(await parts.textNow(), "{\r\n}\r\n\r\n");
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+Alt+ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("x");
  assert.equal(await parts.textNow(), "\r\nx{\r\n\r\nx}\r\n\r\n");
});

journey("the plain text area keeps the line ends of Windows, and counts its places without them", async (tools) => {
  const { page, expectError } = tools;
  expectError(/ERR_FAILED|Failed to load/);
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const text = '{\r\n  "Version": "2012-10-17",\r\n  "Statement": [],\r\n  "Nonsense": 1\r\n}\r\n';
  await parts.text.press("ControlOrMeta+a");
  await pasteExactly(page, text);
  assert.equal(await parts.textNow(), text);
  let isOffline = true;
  await page.route(EDITOR_FILE, (route) => (isOffline ? route.abort() : route.continue()));
  await page.goto(`${tools.address}?again`);
  await page.getByText("The editor could not be fetched").waitFor();
  assert.equal(await parts.textNow(), text.replaceAll("\r\n", "\n"));
  await parts.findings.getByRole("listitem").filter({ hasText: "Nonsense" }).getByRole("button").first().click();
  await parts.selects(/^"?Nonsense"?$/);
  await page.keyboard.press("End");
  await page.keyboard.insertText("0");
  await page.keyboard.press("Enter");
  const [caret] = await selection(page);
  isOffline = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await parts.isRich();
  assert.equal(await parts.textNow(), text.replace('"Nonsense": 1\r\n', '"Nonsense": 10\r\n\r\n'));
  // Three line breaks in front and the new one are two characters each.
  assert.deepEqual((await selection(page)).slice(0, 2), [caret + 4, caret + 4]);
});

journey("half a character is shown as the page keeps it", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.text.press("ControlOrMeta+a");
  await pasteExactly(page, '{ "Sid": "\ud83d" }');
  await page.waitForFunction(() => document.querySelector("#policy-text").value === '{ "Sid": "\ufffd" }');
});

journey("Find says how many it found and which is selected, and no card lies over it", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const word = page.locator(".cm-line").getByText("sts:AssumeRole").first();
  await word.hover();
  await page.locator(".cm-tooltip-hover").waitFor();
  await parts.text.press("ControlOrMeta+f");
  const find = page.getByRole("textbox", { name: "Find" });
  await find.waitFor();
  // The pointer rests where it was.
  await page.locator(".cm-tooltip-hover").waitFor({ state: "detached" });

  const panel = page.locator(".cm-search");
  const told = panel.getByRole("status");
  await told.waitFor({ state: "attached" });
  await page.evaluate(() => {
    window.told = [];
    const part = document.querySelector(".cm-search [role=status]");
    new MutationObserver(() => window.told.push(part.textContent)).observe(part, { childList: true });
  });
  await find.fill("aws");
  await find.press("End");
  const n = (await parts.textNow()).toLowerCase().split("aws").length - 1;
  assert.ok(n > 1);
  await told.getByText(`${n} found`, { exact: true }).waitFor();
  await find.press("Enter");
  await told.getByText(`1 of ${n}`, { exact: true }).waitFor();
  await find.press("Shift+Enter");
  await told.getByText(`${n} of ${n}`, { exact: true }).waitFor();
  await find.press("z");
  await find.press("End");
  await find.pressSequentially("zz");
  await told.getByText("nothing found", { exact: true }).waitFor();
  assert.equal(await axe(), "");
  await panel.getByRole("checkbox", { name: "regexp" }).check();
  await find.fill("(");
  await find.press("End");
  await told.getByText("not a regular expression").waitFor();
  const said = await page.evaluate(() => window.told);
  assert.ok(said.includes("nothing found"), said.join(", "));

  // Opened anew it looks for what is selected, and speaks of that.
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await parts.text.press("ControlOrMeta+f");
  await told.getByText(`${n} of ${n}`, { exact: true }).waitFor();
});

journey("search, several carets, brackets, folds and layout", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+f");
  await page.getByRole("textbox", { name: "Find" }).pressSequentially("Condition");
  assert.equal(await axe(), "");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await parts.selects(/^Condition$/);
  await page.keyboard.press("End");
  await page.keyboard.type('"[');
  assert.match(await parts.textNow(), /"Condition": \{"\["/);
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);

  // A fold stays while something else changes, also by undo.
  await page.locator(".cm-foldGutter").getByText("⌄").nth(4).click();
  await page.locator(".cm-foldPlaceholder").waitFor();
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.insertText(" ");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
  assert.equal(await page.locator(".cm-foldPlaceholder").count(), 1);

  // Layout: by key, as one step of undo.
  await parts.paste(JSON.stringify(JSON.parse(before)));
  await parts.says("Every door is open");
  await page.keyboard.press("Shift+Alt+f");
  await page.waitForFunction(() => document.querySelector("#policy-text").value.split("\n").length > 10);
  assert.deepEqual(JSON.parse(await parts.textNow()), JSON.parse(before));
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => !document.querySelector("#policy-text").value.includes("\n"));
});

journey("Tab leaves the editor, and the list of completions does not take it", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  await parts.text.focus();
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "policy-text");
  assert.equal(await parts.textNow(), before);
});

journey("the editor is styled and works under a strict content security policy", async (tools) => {
  const { page } = tools;
  await page.route(/\/some\/folder\/(#.*)?$/, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const hashes = (element) => {
      const inline = [...html.matchAll(new RegExp(`<${element}[^>]*>([^]+?)</${element}>`, "g"))].map(([, text]) => text);
      return inline.map((it) => `'sha256-${createHash("sha256").update(it).digest("base64")}'`).join(" ");
    };
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${hashes("script")}; style-src 'self' ${hashes("style")}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'`;
    await route.fulfill({ response, body: html, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  const parts = await openWorld(tools, "wrong-trust");
  await parts.isRich();
  const [gutter, lineHeight] = await page.evaluate(() => [
    getComputedStyle(document.querySelector(".cm-gutters")).display,
    getComputedStyle(document.querySelector(".cm-line")).lineHeight,
  ]);
  assert.equal(gutter, "flex");
  assert.equal(lineHeight, "20px");
  await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
  await parts.says("Every door is open");
});

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

journey("on a phone: what an on-screen keyboard sends is the text", PHONE, async (tools) => {
  const { page, context, axe } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await page.getByRole("navigation").getByRole("button", { name: "Editor" }).tap();
  await parts.isRich();
  // Smaller, and the phone would zoom in.
  assert.ok((await parts.text.evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize))) >= 16);
  const before = await parts.textNow();
  const at = before.indexOf("lambda.amazonaws.com");
  await parts.text.evaluate((it, [from, to]) => {
    it.focus();
    it.setSelectionRange(from, to);
  }, [at, at + "lambda".length]);
  const keyboard = await context.newCDPSession(page);
  // A word that is guessed while it is typed, and settled by a tap on the guess.
  for (const [text, n] of [["s", 1], ["sa", 2], ["sage", 4]]) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: n, selectionEnd: n });
  }
  await keyboard.send("Input.insertText", { text: "sagemaker" });
  await parts.says("Every door is open").catch(() => {});
  await page.waitForFunction(
    (text) => document.querySelector("#policy-text").value === text,
    before.replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"),
  );
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  assert.equal(await axe(), "");
  // Without keys: what stands at the caret, by a button.
  await page.locator(".cm-line", { hasText: "sts:AssumeRole" }).tap();
  await page.getByRole("button", { name: "What is this?" }).tap();
  await page.getByRole("dialog", { name: /About this place/ }).waitFor();
  await page.getByRole("navigation").getByRole("button", { name: "Flow" }).tap();
  await parts.says("Every door is open");
});
