// How many decisions a second, ours beside the peer's, in one Node process: `node bench.js`.
//
// The typical case: a role session that starts a training job; three identity statements with conditions and variables,
// a boundary, two levels of SCPs. The case is the one of `crates/core/benches/decide.rs`. Prints figures and judges none.
//
// The peer has no way to prepare policies: its API takes documents with each question. It is measured by both of its
// entries, with everything that can be made once made once: the whole question with parsed documents. Ours has the
// policies compiled once (`PolicySet`), except in the last line, which hands over everything anew.

import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

import { PolicySet, decision, evaluate } from "./engine.js";
import { DECISIONS, ask, toSimulation } from "./peer.js";

const N_ROUNDS = 9;
const ROUND_MS = 200;
const BATCH = 1_000;

const all = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

const question = {
  request: {
    principal: "arn:aws:sts::123456789012:assumed-role/DataScientist/alice",
    action: "sagemaker:CreateTrainingJob",
    resource: "arn:aws:sagemaker:eu-west-1:123456789012:training-job/team-a-job",
    resourceAccount: "123456789012",
    context: {
      "aws:PrincipalTag/team": "a",
      "aws:RequestTag/team": "a",
      "aws:TagKeys": ["team"],
      "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
      "sagemaker:VpcSubnets": ["subnet-1", "subnet-2"],
      "aws:RequestedRegion": "eu-west-1",
      "aws:PrincipalArn": "arn:aws:iam::123456789012:role/DataScientist",
    },
  },
  policies: {
    identity: [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["sagemaker:Create*", "sagemaker:Describe*", "sagemaker:List*"],
            Resource: "arn:aws:sagemaker:*:*:training-job/team-a-*",
            Condition: {
              StringEquals: { "aws:RequestTag/team": "${aws:PrincipalTag/team}" },
              "ForAllValues:StringLike": { "sagemaker:InstanceTypes": ["ml.m5.*", "ml.g4dn.xlarge"] },
            },
          },
          {
            Effect: "Deny",
            Action: "sagemaker:*",
            Resource: "*",
            Condition: { Null: { "sagemaker:VpcSubnets": "true" } },
          },
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: "arn:aws:s3:::team-${aws:PrincipalTag/team}/*",
          },
        ],
      },
    ],
    boundary: all,
    scps: [
      [all],
      [
        all,
        {
          Version: "2012-10-17",
          Statement: {
            Effect: "Deny",
            NotAction: ["iam:*", "sts:*"],
            Resource: "*",
            Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
          },
        },
      ],
    ],
  },
};

/** The same caller and context on a resource that is not allowed, and the same with a tag that does not fit. */
const elsewhere = {
  ...question,
  request: { ...question.request, resource: question.request.resource.replace("team-a", "team-b") },
};
const othersTag = structuredClone(question);
othersTag.request.context["aws:RequestTag/team"] = "b";

const set = new PolicySet(question.policies);
const questions = [question, elsewhere];
const simulations = questions.map(toSimulation);
const grid = batch(questions);
const mixed = batch([question, othersTag]).map((it, idx) => ({
  ...it,
  context: { ...it.context, "aws:UserAgent": `client-${idx}` },
}));
let turn = 0;

await assertSame();

/** Each does some decisions and says how many. */
const CONTESTANTS = [
  {
    name: "peer, runSimulation",
    run: async () => {
      await runSimulation(simulations[next()], {});
      return 1;
    },
  },
  {
    name: "peer, runUnsafeSimulation (no validation)",
    run: () => {
      runUnsafeSimulation(simulations[next()], {});
      return 1;
    },
  },
  {
    name: `PolicySet.decideMany, ${BATCH} resources`,
    goal: 100,
    run: () => set.decideMany(grid).decisions.length,
  },
  {
    name: `PolicySet.decideMany, ${BATCH} contexts`,
    goal: 100,
    run: () => set.decideMany(mixed).decisions.length,
  },
  {
    name: "PolicySet.evaluate(request), with the trace",
    goal: 5,
    run: () => {
      set.evaluate(questions[next()].request);
      return 1;
    },
  },
  {
    name: "evaluate(case), policies and all",
    run: () => {
      evaluate(questions[next()]);
      return 1;
    },
  },
];

const rates = new Map(CONTESTANTS.map((it) => [it, []]));
for (const contestant of CONTESTANTS) {
  await rate(contestant);
}
for (let round = 0; round < N_ROUNDS; round++) {
  for (const contestant of CONTESTANTS) {
    rates.get(contestant).push(await rate(contestant));
  }
}
report();

/** As many requests as a batch has, by turns; no two name the same resource, nor share an object but the context. */
function batch(kinds) {
  return Array.from({ length: BATCH }, (_, idx) => {
    const { request } = kinds[idx % kinds.length];
    return { ...request, resource: `${request.resource}-${idx}` };
  });
}

/** The one question and the other, by turns. */
function next() {
  turn = 1 - turn;
  return turn;
}

/** Decisions a second, over one round. */
async function rate({ run }) {
  let nDecisions = 0;
  const start = performance.now();
  for (;;) {
    const made = run();
    nDecisions += made instanceof Promise ? await made : made;
    const elapsed = performance.now() - start;
    if (elapsed >= ROUND_MS) {
      return (nDecisions / elapsed) * 1_000;
    }
  }
}

function report() {
  const [checked, unchecked] = CONTESTANTS.slice(0, 2).map((it) => median(rates.get(it)));
  console.log(`typical case, median of ${N_ROUNDS} rounds of ${ROUND_MS} ms, Node ${process.version}`);
  console.log(`${"".padEnd(46)}${"decisions/s".padStart(14)}${"× peer".padStart(10)}${"× unchecked".padStart(13)}`);
  for (const contestant of CONTESTANTS) {
    const found = median(rates.get(contestant));
    const goal = contestant.goal ? `   goal: ${contestant.goal} × peer` : "";
    const times = (other) => (found / other).toFixed(1);
    const figures = `${Math.round(found).toLocaleString("en").padStart(14)}${times(checked).padStart(10)}${times(unchecked).padStart(13)}`;
    console.log(`${contestant.name.padEnd(46)}${figures}${goal}`);
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Before anything is measured: both sides give the same answers, by each way of asking. */
async function assertSame() {
  for (const other of [elsewhere, othersTag]) {
    const both = [question, other];
    const ways = {
      "the peer": [await ask(question), await ask(other)],
      "the peer without validation": both.map((it) => DECISIONS[runUnsafeSimulation(toSimulation(it), {})]),
      decideMany: set.decideMany(batch(both)).decisions.slice(0, 2),
      "PolicySet.evaluate": both.map((it) => set.evaluate(it.request).decision),
      evaluate: both.map(decision),
    };
    for (const [way, found] of Object.entries(ways)) {
      if (found.join() !== "allowed,implicitDeny") {
        throw new Error(`${way} says ${found}, expected allowed, then implicitDeny`);
      }
    }
  }
}
