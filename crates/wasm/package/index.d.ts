// The types of the package `rolewalk`.
//
// Written by hand. `cargo xtask test package` has `tsc` check them against the answers to every case of the corpus.

/** Condition key to value: a string for a single-valued key, a list for a multi-valued one. Names without case,
 *  with their prefix, such as `aws:SourceIp`. */
export type Context = Record<string, string | string[]>

/** A policy document: its JSON text, or what `JSON.parse` makes of it. */
export type PolicyDocument = string | object

/** Who asks. */
export type Caller =
  /** The ARN of a user, role session, federated user, identity provider, or an account's root; a role's ARN stands
   *  for some session of it. Or a service's principal, such as `sagemaker.amazonaws.com`. */
  | string
  | { type: 'Anonymous' }
  /** An identity provider, asking for a role: its ARN, or the host name of one that AWS knows by itself. */
  | { type: 'Federated'; provider: string }
  /** A session of a role with a path, which the session's ARN does not show. Both are ARNs. */
  | { session: string; role: string }
  /** A federated user whose issuer matters. Both are ARNs. */
  | { federatedUser: string; user: string }

/** One question to IAM. */
export interface Request {
  principal: Caller
  /** `service:Name`. */
  action: string
  /** An ARN, or `*` for an action without resource-level permissions. */
  resource: string
  /** The owner; else the ARN's account, else the caller's. */
  resourceAccount?: string
  context?: Context
  /** The action has no resource-level permissions, so it is asked of `*`, whatever `resource` names. Left out: what AWS's
   *  lists say of it, and `false` for an action that they do not have. */
  wildcardOnlyAction?: boolean
}

/** The policies that bear on a request. What is left out is not there, which is not the same as empty. */
export interface Policies {
  /** Of the caller; together they are one layer. */
  identity?: PolicyDocument[]
  /** Of the resource: bucket, key, queue or repository policy; a trust policy for `sts:AssumeRole…`. */
  resource?: PolicyDocument | null
  /** The permissions boundary; several count as one. */
  boundary?: PolicyDocument | PolicyDocument[] | null
  /** Passed when the session was made: limits a role's session and a federated user. Of a user, the root user and a service
   *  there is no session, so there it is `notApplicable` in the trace. */
  session?: PolicyDocument | PolicyDocument[] | null
  /** Service control policies: levels from the organization's root to the account, each a list. */
  scps?: PolicyDocument[][]
  /** Resource control policies of the resource's account, likewise. */
  rcps?: PolicyDocument[][]
  /** Of the VPC endpoint that the request goes through. */
  vpcEndpoint?: PolicyDocument | null
  /** The grants on the KMS key that the request is about. */
  grants?: KeyGrant[]
}

/** A grant on a KMS key. */
export interface KeyGrant {
  grantId: string
  name?: string
  /** An ARN of an account, user, role or session, or a service. */
  granteePrincipal: string
  retiringPrincipal?: string | null
  /** KMS operations, such as `Decrypt`. */
  operations: string[]
  constraints?: {
    encryptionContextSubset?: Record<string, string>
    encryptionContextEquals?: Record<string, string>
    sourceArn?: string | null
  }
}

/** What is set at the resource, besides policies. */
export interface Settings {
  s3?: {
    /** Four switches, or one for all of them. */
    blockPublicAccess?: boolean | BlockPublicAccess | null
    /** Whether tags of the bucket count in policies. */
    bucketAbacEnabled?: boolean
  }
}

/** S3 Block Public Access, in camel case or as S3 itself writes it; what is left out is off. */
export type BlockPublicAccess =
  | {
      blockPublicAcls?: boolean
      ignorePublicAcls?: boolean
      blockPublicPolicy?: boolean
      restrictPublicBuckets?: boolean
    }
  | {
      BlockPublicAcls?: boolean
      IgnorePublicAcls?: boolean
      BlockPublicPolicy?: boolean
      RestrictPublicBuckets?: boolean
    }

/** What `evaluate` takes. Unknown fields are errors, at every depth. */
export interface Case {
  request: Request
  policies: Policies
  settings?: Settings
}

/** A range of a document, in UTF-16 units. Of a document given as an object: of what `JSON.stringify(document)` makes
 *  of it; within a scenario, of what `JSON.stringify(document, null, 2)` does. */
export interface Span {
  start: number
  end: number
}

/** Something that is wrong. */
export interface Diagnostic {
  /** The document, as traces name it, such as `identity[0]`. */
  document?: string
  /** The field of the input, such as `request.principal`. */
  path?: string
  /** A stable name, such as `unknown-element`. */
  code: string
  severity: 'error' | 'warning' | 'suggestion'
  /** What is wrong, in one line. */
  message: string
  /** Where in the document, the main place first. */
  labels: { span: Span; text: string }[]
  /** What to do next. */
  help: string
  /** What IAM itself says, where it refuses the document because of this. */
  iamError?: string
  /** How to mend it, where that is safe: what is written in place of which characters, in order, without overlap. */
  fix?: { title: string; edits: { span: Span; text: string }[] }
}

/** The input cannot be worked with. */
export interface Refused {
  ok: false
  diagnostics: Diagnostic[]
}

/** AWS's own words for an answer. */
export type EvalDecision = 'allowed' | 'implicitDeny' | 'explicitDeny'

/** A layer among those that block. */
export type BlockerName =
  | 'identity'
  | 'resource'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpce'
  | 's3-bpa'
  | 'aws-managed'

export interface Answer {
  ok: true
  decision: EvalDecision
  /** Everything that stands in the way by itself; removing one is not enough while another is there. */
  blockedBy: BlockerName[]
  /** What could not be judged. It counts neither as true nor as false. */
  notEvaluated: NotEvaluated[]
  /** Keys that are not in the context and that alone decide whether some statement applies: with a value for one of
   *  them the answer could be another. */
  missingKeys: string[]
  trace: Trace
  /** `User: … is not authorized to perform: … because …`, as AWS's message has it. */
  sentence: string
}

export type NotEvaluated =
  /** An element of a statement; the statement is taken as not applying. */
  | { type: 'element'; at: StatementRef; effect: Effect; test: ElementTrace }
  /** A rule of a service that bears on the request. */
  | { type: 'rule'; rule: Unmodelled }

export type Unmodelled = 'accessPointAndBucket' | 'aliasStandsForKey' | 'contentOfRequest'

export type Effect = 'Allow' | 'Deny'

/** What evaluation found, whole. */
export interface Trace {
  decision: Decision
  /** Every layer, evaluated to the end whatever the others said. */
  layers: LayerTrace[]
  /** Rules that changed what a layer's word is worth. */
  notes: Note[]
  unmodelled: Unmodelled[]
  /** `true` where a policy that cannot be read might change the answer; else left out. In the walks of scenarios only. */
  hingesOnUnread?: true
}

export type Decision =
  | { type: 'allowed'; by: StatementRef[] }
  | { type: 'explicitDeny'; by: StatementRef[]; missing: Layer[] }
  | { type: 'implicitDeny'; missing: Layer[] }

export type Layer =
  | 'identity'
  | 'resource'
  /** There only where the key has grants. */
  | 'grant'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpcEndpoint'
  | 'blockPublicAccess'
  | 'awsManaged'

export interface LayerTrace {
  layer: Layer
  /** For policies of an organization, from 0, the root's. */
  level: number | null
  outcome: 'denies' | 'allows' | 'silent' | 'absent' | 'notApplicable'
  /** Every statement of every document, in order. */
  statements: StatementTrace[]
  /** Every grant on the key, in the layer `grant`; else left out. */
  grants?: GrantTrace[]
  /** The policies that could not be read whole, by name; left out where all could. */
  unread?: string[]
}

/** What testing one grant on a KMS key found. */
export interface GrantTrace {
  grantId: string
  name: string
  /** Whom it is for. */
  grantee: string
  /** How it takes in the caller, where it allows. */
  principal: PrincipalMatch | null
  /** What keeps it from allowing; empty where it allows. */
  misses: GrantMiss[]
}

export type GrantMiss =
  | { type: 'principal' | 'operation' | 'noConstraint' }
  | { type: 'encryptionContext'; key: string; wanted: string | null; requested: string | null }
  | { type: 'sourceArn'; wanted: string; requested: string | null }
  | { type: 'moreOperations'; operations: string[] }

/** Where a statement stands. */
export interface StatementRef {
  /** `identity[0]`, `resource`, `boundary` (of several `boundary[0]`), `session[0]`, `scps[1][0]`, `rcps[0][0]`,
   *  `vpcEndpoint`; within a scenario a name such as `trust:Role`. */
  document: string
  /** From 0. */
  index: number
  sid: string | null
  span: Span
}

export interface StatementTrace {
  at: StatementRef
  effect: Effect
  /** Every element is tested, also behind a miss. */
  tests: ElementTrace[]
  /** How the `Principal` element took the caller in. */
  principal: PrincipalMatch | null
  /** Where AWS's pages leave a choice and it mattered. */
  choices: Choice[]
}

export type PrincipalMatch =
  | 'any'
  | 'account'
  | 'role'
  | 'user'
  | 'session'
  | 'federatedUser'
  | 'service'
  | 'federated'
  | 'allBut'

export type Outcome = 'matched' | 'missed' | 'notEvaluated'

/** A pattern whose variable has no value in this request. */
export type UnresolvedVariable = {
  span: Span
  /** The variable's key. */
  key: string
  /** A default that stands in double quotes: that is none, and the variable never has a value. Left out where there is none. */
  misquotedDefault?: string
}

export type ElementTrace =
  | { element: 'principal'; span: Span; negated: boolean; hit: Span | null; outcome: Outcome }
  | { element: 'action'; span: Span; negated: boolean; hit: Span | null; outcome: Outcome }
  | {
      element: 'resource'
      span: Span
      negated: boolean
      hit: Span | null
      /** Patterns whose variable has no value in this request, and the variable. */
      unresolved: UnresolvedVariable[]
      outcome: Outcome
    }
  | {
      element: 'condition'
      span: Span
      /** Values whose variable has no value in this request, and the variable; left out where there are none. */
      unresolved?: UnresolvedVariable[]
      /** As written, such as `ForAnyValue:StringLike`. */
      operator: string
      key: string
      /** The request's values; `null` where the key is absent. */
      requested: string[] | null
      /** The policy's values, variables filled in. */
      wanted: string[]
      result: ConditionOutcome
    }

export type ConditionOutcome =
  | { type: 'met'; by: Span }
  | { type: 'metByDifference' }
  | { type: 'metByAbsence' }
  | { type: 'noValueMatched' }
  | { type: 'valueMatched'; by: Span }
  | { type: 'keyAbsent' }
  | { type: 'wrongShape' }
  | { type: 'notEvaluated' }

export type Note =
  | 'resourceGrantSuffices'
  | 'resourceDelegatesToIdentity'
  | 'boundaryDoesNotLimit'
  | 'crossAccount'
  | 'trustPolicyMustAllow'
  | 'keyPolicyMustAllow'
  | 'grantAllows'
  | 'servicePrincipal'
  | 'rootUser'
  | 'sessionPolicyDoesNotLimit'
  | 'federatedUserWithoutSessionPolicy'
  | 'serviceLinkedRole'
  | 'rcpNotSupported'
  | 'gatewayEndpoint'
  | 'federatedCaller'
  | 'federatedCallerMayOnlyAssumeRole'
  | 'authorizedAsAnotherAction'
  | 'alwaysAllowed'
  | 'needsNoPermission'
  | 'rootKeepsBucketPolicy'
  | 'publicBucketRestricted'
  | 'publicAclBlocked'
  | 'bucketTagsDoNotCount'
  | 'awsManagedPolicy'
  | 'protectedRole'
  | 'awsManagedAlias'
  | 'rootAssumesNoRole'
  | 'federatedUserCallsNeitherIamNorSts'
  | 'sessionGetsNoToken'
  | 'keyOperationWithinAccount'
  | 'needsIdentityProvider'
  | 'providerOfOtherKind'
  | 'stsNeedsCredentials'

export type Choice =
  | 'plainOperatorOnMultiValuedKey'
  | 'notPrincipalInAnyForm'
  | 'sessionGrantIsNotLimited'
  | 'negatedOperatorWithoutValue'
  | 'forAnyValueIfExistsOnAbsentKey'
  | 'wildcardInResourceType'
  | 'awsStarTakesInServices'
  | 'oldVersionHasNoVariables'
  | 'shortArn'
  | 'notResourceWithoutValue'

/** Which grammar a document has. */
export type PolicyKind =
  | 'identity'
  | 'resource'
  | 'trust'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpcEndpoint'

export interface ParsedPolicy {
  /** Whether IAM would save the document. */
  ok: boolean
  /** What could be understood; `null` where nothing could. */
  policy: PolicySummary | null
  /** Errors and warnings, in the order of the text. */
  diagnostics: Diagnostic[]
  /** What IAM itself says where it refuses the document. */
  iamError?: string
}

export interface PolicySummary {
  version: '2012-10-17' | '2008-10-17'
  /** Whether these are all the statements that the text has. */
  isWhole: boolean
  statements: StatementSummary[]
}

/** Of the elements that come in two forms, the one that is there. */
export interface StatementSummary {
  span: Span
  sid?: string
  effect: Effect
  principal?: string[]
  notPrincipal?: string[]
  action?: string[]
  notAction?: string[]
  resource?: string[]
  notResource?: string[]
  conditions?: { operator: string; key: string; values: string[] }[]
}

export interface LintedPolicy {
  /** Whether the document could be read whole. */
  ok: boolean
  /** Errors, warnings and suggestions, in the order of the text. */
  diagnostics: Diagnostic[]
}

/** A scenario of Rolewalk: a world, and who does what in it. Its format is that of the files the page saves. */
export type Scenario = object

/** What should come of a scenario; the format is that of a scenario's own `checks`. */
export type Check = object

/** A walk, hop by hop. Names of places, reasons and gates may be added with new workloads. */
export interface Flow {
  hops: Hop[]
}

export interface Hop {
  kind: string
  /** Hops of one stage do not wait for each other. */
  stage: number
  from: Station
  to: Station
  /** Who one is on the far side of the door. */
  identity: { arn: string | null; credentials: string; [more: string]: unknown }
  checks: FlowCheck[]
  [more: string]: unknown
}

export interface Station {
  place: string
  name: string
  entity: string | null
}

export interface FlowCheck {
  why: string
  need: 'required' | 'wanted'
  subject:
    | { type: 'authorization'; operation: string; request: object; trace: Trace }
    | { type: 'gate'; gate: { type: string; [more: string]: unknown }; entity: string | null }
  [more: string]: unknown
}

export interface WalkedScenario {
  ok: true
  flow: Flow
  /** What each hop comes to, in the order of `flow.hops`. */
  results: {
    outcome: 'passed' | 'degraded' | 'blocked' | 'notEvaluated'
    checks: {
      outcome: 'passes' | 'fails' | 'notEvaluated'
      /** What AWS would say. */
      awsError?: string
    }[]
  }[]
  /** The hop that stops the walk. */
  stopsAt: string | null
  /** What is wrong with policies that cannot be read; left out where all can. A check that hinges on one is `notEvaluated`. */
  diagnostics?: Diagnostic[]
}

export interface CheckedScenario {
  ok: true
  outcome:
    | { type: 'passed'; flow: Flow }
    | { type: 'failed'; flow: Flow; mismatches: { type: string; [more: string]: unknown }[] }
}

/** What everybody in a world is asked for. Unknown fields are errors. */
export interface WhoCanQuestion {
  /** The action, such as `s3:GetObject`. */
  action: string
  /** One resource's ARN, or `*` for actions that know none. Of a bucket's objects one is asked about. */
  resource: string
  /** Condition keys besides those that each caller brings; `null`: the key is not there although the caller would bring it. */
  context?: Record<string, string | string[] | null> | null
  /** Whether to tell, of each role that can, who can become it. */
  becoming?: boolean | null
}

export interface WhoCan {
  ok: true
  /** Account by account the root user, users and roles, then whomever the resource's policy and grants name besides. */
  rows: WhoCanRow[]
  /** Whom the resource's policy names and who cannot be asked: unique ids, canonical user ids. */
  unknown: string[]
  /** What is wrong with policies that cannot be read; left out where all can. Rows that hinge on one are `notJudged`. */
  diagnostics?: Diagnostic[]
}

/** Somebody who is asked. Kinds may be added. */
export interface Who {
  /** An ARN, a service's principal, or `anonymous`: what a call of a scenario takes as its `principal`. A role's ARN stands for
   *  a session of it. */
  principal: string
  kind: 'root' | 'user' | 'role' | 'session' | 'service' | 'federated' | 'account' | 'anyAccount' | 'anonymous'
  /** What to call it. */
  name: string
  account: string | null
  /** Whether the world has it, so that its own policies are known. */
  isInWorld: boolean
}

export interface WhoCanRow extends Who {
  access: 'can' | 'cannot' | 'notJudged'
  /** The check that it rests on. */
  decidedBy:
    | ({
        /** The door: `apiCall`, or one behind it, such as `kms`. */
        door: string
      } & (
        | {
            type: 'authorization'
            /** What IAM was asked for: the action, or what the service asks on the caller's behalf. */
            action: string
            decision: EvalDecision
            /** The layers that stand in the way. */
            blockedBy: string[]
            /** The statements that decided. */
            statements: { document: string; index: number; sid: string | null }[]
          }
        | { type: 'gate'; gate: { type: string; [more: string]: unknown } }
      ))
    | null
  /** Why, in a sentence or two; code and names stand between backticks. */
  reason: string
  /** Condition keys that are not in the request and with which the answer could be another. */
  missingKeys: string[]
  /** Who can become the role, whoever is nearest first; only of roles that can, and where it was asked for. */
  becoming?: (Who & {
    /** The ARNs of the roles that are assumed, in order; the last is this one. */
    roles: string[]
  })[]
}

/** Answers a question, with everything that the answer rests on. */
export function evaluate(question: Case): Answer | Refused

/** Policies, parsed and compiled once: for many questions. `free()` gives their memory back early, once and for all;
 *  whoever asks a set that was freed gets an `Error` that says so. */
export class PolicySet {
  /** Never throws: what is wrong with the policies is told by each question. */
  constructor(policies: Policies, settings?: Settings)
  evaluate(request: Request): Answer | Refused
  /** The decision only. */
  decide(request: Request): { ok: true; decision: EvalDecision } | Refused
  /** Many at once: fastest where caller and context stay the same from one request to the next. */
  decideMany(requests: Request[]): { ok: true; decisions: EvalDecision[] } | Refused
  free(): void
}

/** Reads a document. */
export function parsePolicy(text: string, kind: PolicyKind): ParsedPolicy

/** What lint rules know besides the document. Unknown fields are errors. */
export interface LintOptions {
  /** AWS's lists. Left out: the rules say nothing of services, their actions, resources and condition keys. */
  catalogue?: Catalogue | null
  /** The account that the document is in, 12 digits: it tells a foreign account from the own. */
  account?: string | null
}

/** A file of the package's folder `catalogue`: all services of AWS; SageMaker and those that it leans on; the condition keys that
 *  all services know. */
export type CatalogueFile = 'all.json' | 'core.json' | 'global-condition-keys.json'

/** What a catalogue has. */
export interface CatalogueContent {
  ok: true
  /** How many services. */
  services: number
  /** How many condition keys that all services know. */
  globalKeys: number
  /** Whether these are all services of AWS, so that another is told as unknown. */
  isComplete: boolean
  /** Where the lists are from, and the day of AWS's pages, such as `2026-10-27`. */
  edition: { version: string; date: string } | null
}

/** AWS's lists of services with their actions, resource types and condition keys, for `lintPolicy`: read once, for any number of
 *  documents. It fetches nothing: the files' texts are handed in. `free()` gives its memory back early; a catalogue that was
 *  freed is refused by `lintPolicy`, and its `read` throws an `Error` that says so. */
export class Catalogue {
  /** Knows nothing. */
  constructor()
  /** Takes in the whole text of a file, beside those before, in any order. A text that is cut off or another file changes
   *  nothing. */
  read(fileName: CatalogueFile, text: string): CatalogueContent | Refused
  free(): void
}

/**
 * What is wrong with a document, and what may be: all that reading it finds, and the rules of `docs/lints.md`, each finding with
 * its fix where one is safe. The rules that need AWS's lists speak of the services in `options.catalogue`.
 */
export function lintPolicy(text: string, kind: PolicyKind, options?: LintOptions | null): LintedPolicy

/** Walks the way that a scenario has chosen. Takes the value, or the text of its file. */
export function runScenario(scenario: Scenario | string): WalkedScenario | Refused

/** Runs one check: one of the scenario's own, or another. */
export function runCheck(scenario: Scenario | string, check: Check): CheckedScenario | Refused

/**
 * Who may make a call in a scenario's world, and why not the others: the call of everybody there is, each by its own walk. The
 * time, the address and the second factor are those of the scenario's person.
 */
export function whoCan(scenario: Scenario | string, question: WhoCanQuestion): WhoCan | Refused

/** Packs a scenario into a text for a link: `v1.…`. */
export function encodeShare(scenario: Scenario | string): { ok: true; text: string } | Refused

/**
 * Unpacks such a text. A stranger's text is safe: its size is limited before and while it unpacks. The page also makes links that only
 * tell what is different from a world of its own (`v2.…`); the package has no worlds and answers these with `unknown-base`.
 */
export function decodeShare(text: string): { ok: true; scenario: Scenario } | Refused

/** `engine`: the package's version. `catalogue`: the day of AWS's lists of actions that it has, such as `2026-10-27`. */
export function version(): { ok: true; engine: string; catalogue: string; scenarioFormat: number }

/** What the surroundings call by this name; nothing where they do not have it, as a project for Node without the types of
 *  browsers. */
type Global<Name extends string> = typeof globalThis extends { [name in Name]: { prototype: infer T } } ? T : never

type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T : never

type Bytes = ArrayBuffer | ArrayBufferView

/** Where the wasm comes from: an address, a response, its bytes, or a compiled module. */
export type WasmSource = {
  module_or_path:
    | string
    | Global<'URL'>
    | Global<'Request'>
    | Global<'Response'>
    | Promise<Global<'Response'>>
    | Bytes
    | CompiledModule
}

/** In a browser: fetches and starts the wasm that lies beside this file. Call it once, and wait for it: before that
 *  everything else throws an `Error` that says so. */
export default function init(source?: WasmSource): Promise<unknown>

/** In Node, or where the bytes are there already. Call it once, before everything else. */
export function initSync(source: { module: Bytes | CompiledModule }): unknown
