// The widget where something is wrong: what its script and its readers are told, and how it goes on.

import assert from "node:assert/strict";
import { OPEN, SHUT, heard, hears, hosted, world } from "./hosted.js";
import { hostOf } from "./widget_host.js";

hosted("what is refused is an error that a script can read", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  const broken = JSON.parse(world("wrong-trust"));
  broken.world.home.roles[0].name = 7;
  const refused = (it) =>
    one.element.evaluate(
      (element, it) =>
        element.setScenario(it).then(
          () => null,
          (error) => ({ isError: error instanceof Error, name: error.name, text: String(error), hasStack: Boolean(error.stack), ...error }),
        ),
      it,
    );
  const shape = await refused(broken);
  assert.equal(shape.isError, true);
  assert.equal(shape.name, "RolewalkError");
  assert.equal(shape.hasStack, true);
  assert.equal(shape.code, "not-a-scenario");
  assert.match(shape.text, /^RolewalkError: this is not a Rolewalk scenario/);
  assert.match(shape.message, /^this is not a Rolewalk scenario/);
  assert.match(shape.help, /save it once more/);
  assert.equal(shape.at.path, "world.home.roles[0].name");
  assert.equal(shape.at.line, 1);
  assert.ok(shape.at.column > 1);
  const event = await hears(page, "error", '(it) => it.code === "not-a-scenario"');
  assert.deepEqual(event.at, shape.at);
  for (const [it, code] of [["no-such-world", "unknown-world"], ["v2.AAAA.00000000", "damaged-link"], [null, "not-a-scenario"]]) {
    const error = await refused(it);
    assert.equal(error.isError, true, code);
    assert.equal(error.code, code);
    assert.ok(error.message && error.help, code);
    assert.equal(error.at, undefined);
  }
  const round = await one.element.evaluate((element) => {
    const it = {};
    it.itself = it;
    return element.setScenario(it).catch((error) => [error instanceof Error, error.code, error.message]);
  });
  assert.deepEqual(round.slice(0, 2), [true, "not-a-scenario"]);
  assert.match(round[2], /circular/);
  await one.says(SHUT);
});

hosted("a scenario that a script gives comes before `src`, whichever is set last", async ({ page, show, widget }) => {
  await show('<div id="place"></div>');
  const given = JSON.parse(world("wrong-trust"));
  const make = (order, isIn) =>
    page.evaluate(
      ([given, order, isIn]) => {
        const it = document.createElement("rolewalk-playground");
        const place = document.querySelector("#place");
        if (isIn) place.replaceChildren(it);
        for (const name of order) it[name] = name === "src" ? "empty-account" : given;
        it.loading = "eager";
        if (!isIn) place.replaceChildren(it);
      },
      [given, order, isIn],
    );
  const one = widget();
  for (const order of [["scenario", "src"], ["src", "scenario"]]) {
    for (const isIn of [false, true]) {
      await make(order, isIn);
      await one.says(SHUT);
      assert.equal((await one.call("getScenario")).name, given.name, `${order} ${isIn}`);
    }
  }
  // Once it is shown, too, also while it is still being read.
  await one.element.evaluate((it) => {
    it.scenario = "working-studio";
    it.src = "organization-says-no";
  });
  await one.says(OPEN);
  await one.set("src", "empty-account");
  assert.equal((await one.call("getScenario")).name, "A working studio");
  // Until the script has none any more, or gives what is none.
  await one.element.evaluate((it) => (it.scenario = null));
  await page.waitForFunction(() => document.querySelector("rolewalk-playground").getScenario()?.name === "Empty account");
  const told = await one.element.evaluate((it) => it.setScenario({ rolewalk: 999 }).catch((error) => error.code));
  assert.equal(typeof told, "string");
  await one.set("src", "wrong-trust");
  await one.says(SHUT);
});

hosted("what `setScenario` gives is the new beginning, for `reset()` and for the button", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="working-studio" view="editor"></rolewalk-playground>');
  const one = widget();
  await one.says(OPEN);
  const author = await one.call("getScenario");
  await one.call("setScenario", "wrong-trust");
  await one.says(SHUT);
  const given = await one.call("getScenario");
  assert.equal(await one.button("Reset").isDisabled(), true, "it is as it was given");
  const change = async () => {
    await one.call("setScenario", given);
    await one.element.evaluate((it) => {
      it.open = "";
      it.open = "trust:ChurnExecutionRole";
    });
    await page.waitForFunction(() => /lambda/.test(document.querySelector("#one").shadowRoot.querySelector("#policy-text")?.value));
    await one.write((await one.textNow()).replace("lambda", "sagemaker"));
    await one.says(OPEN);
  };
  await change();
  await one.button("Reset").click();
  await one.says(SHUT);
  assert.deepEqual(await one.call("getScenario"), given);
  await change();
  await one.call("reset");
  await one.says(SHUT);
  assert.deepEqual(await one.call("getScenario"), given);
  // Taken out and put in again it has not forgotten.
  await change();
  await page.evaluate(async () => {
    const one = document.querySelector("#one");
    const place = one.parentElement;
    one.remove();
    await new Promise((done) => setTimeout(done));
    place.append(one);
  });
  await one.says(OPEN);
  await one.button("Reset").click();
  await one.says(SHUT);
  // The way back to what the page says.
  await one.element.evaluate((it) => (it.scenario = null));
  await one.says(OPEN);
  assert.deepEqual(await one.call("getScenario"), author);
  assert.equal(await one.button("Reset").isDisabled(), true);
});

const PANIC = /panic|unreachable|RuntimeError|BorrowMut|already/;

hosted("where the engine breaks, every playground says so and is started again, by a new engine", async ({ page, show, widget, requests, expectError }) => {
  expectError(PANIC);
  await show(`
    <rolewalk-playground id="a" src="wrong-trust" view="editor" loading="eager"></rolewalk-playground>
    <rolewalk-playground id="b" src="wrong-trust" loading="eager"><p>In short: the role trusts Lambda.</p></rolewalk-playground>
    <rolewalk-playground id="c" src="working-studio" loading="click"></rolewalk-playground>
    <p id="after">The page goes on.</p>`);
  const [a, b, c] = [0, 1, 2].map(widget);
  await a.says(SHUT);
  await b.says(SHUT);
  await a.write((await a.textNow()).replace("lambda", "sagemaker"));
  await a.says(OPEN);
  const edited = await a.call("getScenario");
  const app = await page.evaluate(() => performance.getEntriesByType("resource").map((it) => it.name).find((it) => /rolewalk-web-[0-9a-f]+\.js$/.test(it)));
  // Longer ago than a moment, which is what may be lost.
  const aMoment = () => page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  await aMoment();
  await page.evaluate(async (app) => (await import(app)).panicDrill(), app);
  await b.button(/Try it:/).click();
  for (const [one, id] of [[a, "a"], [b, "b"]]) {
    await one.element.getByRole("alert").getByText("This playground has stopped").waitFor();
    await one.element.getByRole("alert").getByText("Something in Rolewalk broke").waitFor();
    const errors = await heard(page, "error", id);
    assert.deepEqual(errors.map((it) => it.code), ["engine-stopped"], id);
    assert.equal(await one.element.locator(".embed").count(), 0);
  }
  assert.deepEqual(await heard(page, "error", "c"), [], "nothing was shown there");
  assert.equal(await page.getByText("In short: the role trusts Lambda.").isVisible(), true, "what the author wrote for this");
  assert.equal(await page.locator("#after").innerText(), "The page goes on.");
  assert.deepEqual(await a.call("getScenario"), edited, "it can still be asked for");
  // A new engine for the one who asks; the other one says still what happened.
  await a.button("Try again").click();
  await a.says(OPEN);
  assert.deepEqual(await a.call("getScenario"), edited);
  assert.equal(await b.button("Try again").count(), 1);
  await b.button("Try again").focus();
  await page.keyboard.press("Enter");
  await b.says(SHUT);
  await b.button(/Try it:/).click();
  await b.says(OPEN);
  await a.button("Reset").click();
  await a.says(SHUT);
  assert.equal(await page.getByText("In short: the role trusts Lambda.").isVisible(), false);
  // What was never shown begins with the new one.
  await c.button("Open the playground").click();
  await c.says(OPEN);
  const engines = new Set(requests.filter((it) => /rolewalk-web-[0-9a-f]+(_again)?\.js/.test(it)));
  assert.equal(engines.size, 2, [...engines].join(" "));
  // And once more.
  const second = [...engines].at(-1);
  await aMoment();
  await page.evaluate(async (app) => (await import(app)).panicDrill(), second);
  await b.button("Reset").click();
  for (const one of [a, b, c]) await one.button("Try again").click();
  for (const [one, words] of [[a, SHUT], [c, OPEN]]) await one.says(words);
  await b.verdict.waitFor();
});

hosted("an end that is no panic is noticed, too, and what is none of Rolewalk's is not", async ({ page, show, widget, expectError }) => {
  expectError(/RuntimeError|of the host/);
  await show('<rolewalk-playground id="a" src="wrong-trust"></rolewalk-playground>');
  await widget().says(SHUT);
  // (module (func (export "f") unreachable))
  await page.evaluate(() => {
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    setTimeout(() => f());
    return new Promise((done) => addEventListener("error", () => setTimeout(done), { once: true }));
  });
  assert.deepEqual(await heard(page, "error"), []);
  await widget().button(/Try it:/).click();
  await widget().says(OPEN);
  await page.evaluate(() => {
    const app = performance.getEntriesByType("resource").map((it) => it.name).find((it) => /rolewalk-web-[0-9a-f]+\.js$/.test(it));
    const error = new WebAssembly.RuntimeError("memory access out of bounds");
    error.stack = `RuntimeError: memory access out of bounds\n    at wasm://wasm/1\n    at ${app}:1:1`;
    setTimeout(() => {
      throw error;
    });
  });
  await widget().element.getByRole("alert").getByText("This playground has stopped").waitFor();
  await hears(page, "error", '(it) => it.code === "engine-stopped"');
});

hosted("a `src` that is set later and is none takes its place, and says why", async ({ page, host, show, widget, expectError }) => {
  expectError(/got 404|status of 404/);
  host.file("wrong.json", '{ "hello": "world" }');
  await show('<rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  for (const [src, code, words] of [
    ["gone.rolewalk.json", "src-not-found", /answered with 404/],
    ["wrong.json", "not-a-scenario", /not a Rolewalk scenario/],
    ["no-such-world", "unknown-world", /no world no-such-world/],
  ]) {
    await one.set("src", src);
    await one.element.getByRole("alert").getByText(words).waitFor();
    await hears(page, "error", `(it) => it.code === "${code}"`);
    assert.equal(await one.verdict.count(), 0, "what is shown is never something else than what the page says");
    assert.equal(await one.call("getScenario"), undefined);
    await one.set("src", "wrong-trust");
    await one.says(SHUT);
  }
  const errors = await heard(page, "error");
  assert.equal(errors.length, 3, "each is told once");
});

hosted("a file of another host that does not let itself be read: what is to be done is said", async ({ page, host, show, widget, allow, expectError }) => {
  expectError(/CORS|ERR_FAILED|Failed to load|ERR_CONNECTION_REFUSED|refused to connect|connect-src|Content Security Policy|violates|policy violation/i);
  const other = await hostOf("");
  allow(other.address);
  try {
    const shut = other.file("shut.rolewalk.json", world("wrong-trust"));
    const open = other.file("open.rolewalk.json", world("wrong-trust"), { headers: { "access-control-allow-origin": "*" } });
    await show(`<rolewalk-playground id="shut" loading="eager" src="${shut}"></rolewalk-playground><rolewalk-playground id="open" loading="eager" src="${open}"></rolewalk-playground>`);
    await widget(1).says(SHUT);
    const origin = new URL(other.address).origin;
    const alert = widget(0).element.getByRole("alert");
    await alert.getByText(`have ${origin} send the header Access-Control-Allow-Origin: * with it, or put the file beside your page`).waitFor();
    const error = await hears(page, "error");
    assert.equal(error.id, "shut");
    assert.equal(error.code, "src-not-allowed");
    await other.close();
    // The host is not there: no word of what cannot be known.
    await widget(1).set("src", shut);
    await widget(1).element.getByRole("alert").getByText(/could not be fetched: check the address and the connection; .*Access-Control-Allow-Origin/).waitFor();
    await hears(page, "error", '(it) => it.code === "src-not-fetched"');
    assert.equal(await widget(1).button("Try again").count(), 1);
  } finally {
    await other.close().catch(() => {});
  }
  await page.goto("about:blank");
  assert.ok(host.address);
});

hosted("text in the element is for readers without the playground, unless it is a scenario", async ({ page, show, widget, expectError }) => {
  expectError(/ERR_FAILED|Failed to fetch|rolewalk-near|404/);
  const fallback = "Your browser cannot show this: see version v2.1 of our pages.";
  await show(`
    <rolewalk-playground id="plain" src="wrong-trust" loading="eager">${fallback}</rolewalk-playground>
    <rolewalk-playground id="none" loading="eager"><p>${fallback}</p></rolewalk-playground>
    <rolewalk-playground id="both" loading="eager"><p>${fallback}</p><script type="application/json">${world("wrong-trust").replaceAll("<", "\\u003c")}</script></rolewalk-playground>
    <rolewalk-playground id="gone" src="no-such-world" loading="eager"><p>In place of it</p></rolewalk-playground>`);
  await widget(0).says(SHUT);
  await widget(1).says(OPEN);
  await widget(2).says(SHUT);
  const isRead = (idx) =>
    widget(idx).element.evaluate((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      return range.getClientRects().length > 0;
    });
  for (const idx of [0, 1, 2]) assert.equal(await isRead(idx), false, "nobody needs it");
  await page.getByText("In place of it").waitFor();
  assert.deepEqual((await heard(page, "error")).map((it) => it.id), ["gone"]);
  const text = (await widget(0).call("getShareUrl")).split("#/s/")[1];
  await page.route(/rolewalk-near/, (route) => route.abort());
  // Without the script nothing keeps it from being read, and with a script that gets no further it is shown, too.
  await show(`<rolewalk-playground id="plain" src="wrong-trust" loading="eager">${fallback}</rolewalk-playground>`, { script: "" });
  assert.equal(await page.getByText(fallback).isVisible(), true);
  await show(`<rolewalk-playground id="plain" src="wrong-trust" loading="eager">${fallback}</rolewalk-playground><rolewalk-playground id="data" loading="eager">${text}</rolewalk-playground>`);
  await widget(0).element.getByRole("alert").getByText("Rolewalk could not be fetched").waitFor();
  await page.getByText(fallback).waitFor();
  await widget(1).element.getByRole("alert").waitFor();
  assert.equal(await isRead(0), true);
  assert.equal(await isRead(1), false, "data is nothing to read");
  await page.unroute(/rolewalk-near/);
  await widget(0).button("Try again").click();
  await widget(0).says(SHUT);
  assert.equal(await isRead(0), false);
  await widget(1).button("Try again").click();
  await widget(1).says(SHUT);
});

hosted("a page that allows no WebAssembly is told what to allow", async ({ page, show, widget, address, expectError }) => {
  expectError(/WebAssembly|unsafe-eval|wasm|policy violation/i);
  const site = new URL(address).origin;
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>', { csp: `default-src 'none'; script-src ${site}; connect-src 'self' ${site}` });
  await widget().element.getByRole("alert").getByText("'wasm-unsafe-eval'").waitFor();
  await hears(page, "error", '(it) => it.code === "engine-refused"');
});

hosted("a frame answers a message that it does not know, and hears none that is not meant for it", async ({ page, show, address }) => {
  await show(`<iframe id="frame" title="A playground" style="width: 700px; height: 200px; border: 0" src="${address}#/embed?view=trace&amp;src=wrong-trust"></iframe>`, {
    script: `<script>addEventListener("message", ({ source, data }) => data?.source === "rolewalk" && (window.told ??= []).push(data));</script>`,
  });
  const told = async (test) =>
    (await page.waitForFunction((test) => window.told?.find((it) => new Function("it", `return (${test})(it)`)(it)), test)).jsonValue();
  await told('(it) => it.type === "verdict"');
  const send = (message) => page.evaluate((message) => document.querySelector("#frame").contentWindow.postMessage(message, "*"), message);
  await send({ type: "setSource", id: 1 });
  await send("rolewalk");
  await send({ target: "rolewalk", type: "setSource", id: 2 });
  const answer = await told('(it) => it.id === 2');
  assert.equal(answer.type, "error");
  assert.equal(answer.detail.code, "unknown-message");
  assert.match(answer.detail.message, /`setSource`/);
  for (const known of ["getScenario", "getShareUrl", "reset", "setScenario"]) assert.ok(answer.detail.help.includes(known), known);
  for (const type of ["constructor", undefined, 7]) {
    await send({ target: "rolewalk", type, id: `odd ${type}` });
    assert.equal((await told(`(it) => it.id === "odd ${type}"`)).detail.code, "unknown-message");
  }
  await send({ target: "rolewalk", type: "setScenario", scenario: { rolewalk: 999 }, id: 3 });
  const refused = await told('(it) => it.id === 3');
  assert.match(refused.error, /format 999/);
  assert.equal(refused.detail.code, "newer-scenario");
  const all = await page.evaluate(() => window.told.filter((it) => it.id === 1));
  assert.deepEqual(all, [], "what does not say that it is meant for it is none of its business");
});

hosted("in a frame, too, an engine that breaks is followed by another", async ({ page, show, address, expectError }) => {
  expectError(PANIC);
  await show(`<iframe id="frame" title="A playground" style="width: 700px; height: 700px; border: 0" src="${address}#/embed?view=flow&amp;src=wrong-trust"></iframe>`, { script: "" });
  const inside = page.frameLocator("#frame");
  await inside.getByRole("button", { name: /Try it:/ }).waitFor();
  await page.frames()[1].evaluate(async () => {
    const app = performance.getEntriesByType("resource").map((it) => it.name).find((it) => /rolewalk-web-[0-9a-f]+\.js$/.test(it));
    (await import(app)).panicDrill();
  });
  await inside.getByRole("button", { name: /Try it:/ }).click();
  await inside.getByText("This playground has stopped").waitFor();
  await inside.getByRole("button", { name: "Try again" }).click();
  await inside.getByText(SHUT).first().waitFor();
  await inside.getByRole("button", { name: /Try it:/ }).click();
  await inside.getByText(OPEN).first().waitFor();
  assert.equal(await inside.locator("rolewalk-playground").count(), 1);
});

hosted("read only, nobody is invited to change anything", async ({ show, widget }) => {
  await show('<rolewalk-playground src="working-studio" readonly></rolewalk-playground><rolewalk-playground src="working-studio"></rolewalk-playground>');
  await widget(0).says(OPEN);
  await widget(1).says(OPEN);
  const invited = (idx) => widget(idx).element.getByText(/Change anything/);
  assert.equal(await invited(0).count(), 0);
  assert.equal(await invited(1).count(), 1);
  await widget(0).element.evaluate((it) => (it.readonly = false));
  await invited(0).waitFor();
  await widget(0).element.evaluate((it) => (it.readonly = true));
  await invited(0).waitFor({ state: "detached" });
});

for (const [how, click] of [
  ["a click with Ctrl", { modifiers: ["ControlOrMeta"] }],
  ["a middle click", { button: "middle" }],
]) {
  hosted(`${how} on a word of the glossary opens the site's own, in a tab`, async ({ page, context, show, widget, address }) => {
    await show('<rolewalk-playground src="wrong-trust" view="whole"></rolewalk-playground>');
    const one = widget();
    await one.says(SHUT);
    const before = page.url();
    const link = one.element.getByRole("link", { name: "Glossary: Trust policy" }).first();
    const opened = context.waitForEvent("page");
    await link.click(click);
    const tab = await opened;
    await tab.getByRole("heading", { name: "Trust policy" }).first().waitFor();
    assert.ok(tab.url().startsWith(`${address}#/glossary`), tab.url());
    assert.equal(page.url(), before);
    await tab.close();
    assert.equal(await one.element.getByRole("dialog").count(), 0);
    await link.click();
    await one.element.getByRole("dialog", { name: "Glossary" }).waitFor();
  });
}
