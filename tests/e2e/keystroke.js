// How long a keystroke in a policy takes until the diagnostics and the walk that follow from it are on the screen:
// `cargo xtask keystroke` prints it, at full speed and with the processor throttled to a quarter.
//
// What is typed is `s3:GetObject*` in the place of a `*`, a key at a time and again and again: with some keys the text is
// broken, with others it is whole and the walk is another one. Before anything is measured, it is tried that what stands
// on the page at the end of the measured frame is all that follows from the key.
//
// Three figures for each keystroke. «work» is what the page itself takes: from the browser's event to the end of all that
// follows at once, and the frame in which that is laid out and painted. «drawn» is from the event to the end of that
// frame, with the wait for it, which is half a frame on average and nothing the page can change. «cpu» is the time of the
// processor that the page's thread had from the key to the end of the frame, with the measuring itself: on a machine that
// is busy with other things it says more than the clock.

import { launch } from "./browser.js";
import { openWorld } from "./playground.js";
import { builtSite, serve } from "./server.js";

/** Milliseconds: what is aimed at, for «work». */
const GOALS = { 1: { median: 8, p95: 16 }, 4: { p95: 50 } };
const WORD = "s3:GetObject*";
const N_WORDS = 10;
const N_KEYS = WORD.length * N_WORDS;
/** Milliseconds in which anything that came later than it is measured would have come. */
const REST = 250;

const action = (n) => `    {
      "Sid": "Statement${n}",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::acme-sagemaker-churn", "arn:aws:s3:::acme-sagemaker-churn/part-${n}/*"],
      "Condition": { "StringEquals": { "aws:ResourceAccount": "111122223333" } }
    }`;
const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Everything", "Effect": "Allow", "Action": "*", "Resource": "*" },
${Array.from({ length: 19 }, (_, n) => action(n)).join(",\n")}
  ]
}
`;

const server = await serve(builtSite());
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const parts = await openWorld({ page, open: (path) => page.goto(server.address + path) }, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^AmazonSageMakerFullAccess/);
  await parts.isRich();
  await parts.paste(policy);
  await page.waitForFunction((text) => document.querySelector("#policy-text").value === text, policy);
  console.log(`A policy of ${(policy.length / 1000).toFixed(1)} kB in the opening world, ${N_KEYS} keystrokes each:`);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await watch(page);
  await nothingComesLater(page, session);
  for (const rate of [1, 4]) {
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    const times = await typed(page, session);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    report(rate, times);
  }
} finally {
  await browser.close();
  await server.close();
}

/** Puts the text as it was and the caret before the `*`, and waits until nothing follows from that. */
async function start(page) {
  await page.evaluate(
    ([policy, at]) => {
      const area = document.querySelector("#policy-text");
      area.value = policy;
      area.setSelectionRange(at, at);
      area.focus();
    },
    [policy, policy.indexOf('"Action": "*"') + '"Action": "'.length],
  );
  await page.waitForTimeout(REST);
}

/** Has the page say when the frame of a keystroke is done. */
function watch(page) {
  return page.evaluate(() => {
    window.expect = () => {
      window.next = new Promise((resolve) => (window.arrived = resolve));
    };
    const { port1, port2 } = new MessageChannel();
    let then = () => {};
    port1.onmessage = () => then();
    /** Calls `next` in a task of its own, when all that is due now is done. */
    const later = (next) => {
      then = next;
      port2.postMessage(0);
    };
    document.addEventListener(
      "beforeinput",
      () => {
        const start = performance.now();
        later(() => {
          const atOnce = performance.now() - start;
          requestAnimationFrame(() => {
            const frame = performance.now();
            later(() => {
              const end = performance.now();
              window.arrived({ work: atOnce + (end - frame), drawn: end - start });
            });
          });
        });
      },
      { capture: true },
    );
    /** The findings, the walk and what is marked in the text, as they stand. */
    window.onScreen = () => {
      const parts = [".findings", ".verdict", ".panel-flow", ".decided", ".cm-content"];
      const html = parts.map((part) => document.querySelector(part)?.innerHTML ?? "");
      return html.join("\n");
    };
  });
}

/** Tries that nothing of what follows from a key comes after what is measured, and that something follows. */
async function nothingComesLater(page, session) {
  await start(page);
  let before = await page.evaluate(() => window.onScreen());
  for (const key of WORD) {
    await page.evaluate(() => window.expect());
    await session.send("Input.insertText", { text: key });
    const drawn = await page.evaluate(() => window.next.then(() => window.onScreen()));
    await page.waitForTimeout(REST);
    const later = await page.evaluate(() => window.onScreen());
    if (drawn === before) throw new Error(`nothing follows from ${key}`);
    if (drawn !== later) throw new Error(`not all that follows from ${key} is measured`);
    before = later;
  }
}

/** Types and gives the times. */
async function typed(page, session) {
  const times = [];
  for (let n = 0; n < N_WORDS; n += 1) {
    await start(page);
    for (const key of WORD) {
      await page.evaluate(() => window.expect());
      const before = await cpu(session);
      await session.send("Input.insertText", { text: key });
      const time = await page.evaluate(() => window.next);
      times.push({ ...time, cpu: (await cpu(session)) - before });
    }
    const text = await page.evaluate(() => document.querySelector("#policy-text").value);
    if (text.length !== policy.length + WORD.length) throw new Error("not every key arrived");
  }
  return times;
}

/** Milliseconds of the processor that the page's thread has had for its tasks so far. */
async function cpu(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

function report(rate, times) {
  const goals = GOALS[rate];
  const speed = rate === 1 ? "at full speed" : `at a ${rate}th of it`;
  for (const name of ["work", "drawn", "cpu"]) {
    const sorted = times.map((it) => it[name]).sort((left, right) => left - right);
    const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    const figure = (what, value, goal) => `${what} ${value.toFixed(1)} ms${goal ? ` (goal ${goal})` : ""}`;
    const isWork = name === "work";
    const figures = [
      figure("median", at(0.5), isWork && goals.median),
      figure("p95", at(0.95), isWork && goals.p95),
      figure("longest", sorted.at(-1)),
    ];
    console.log(`  ${name.padEnd(5)} ${speed}: ${figures.join(", ")}`);
  }
}
