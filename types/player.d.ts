/**
 * Types of the player's data, checked by `tsc` from the JSDoc of the modules (see CONTRIBUTING.md).
 * Times are milliseconds since 1970 unless a name or a comment says otherwise.
 */

/** One part of a repetition and its whole seconds. */
type PhaseName = "lift" | "hold" | "lower" | "relax";
type Phase = [name: PhaseName, seconds: number];

type StepBase = {
  id: string;
  kind: "prepare" | "work" | "rest" | "switch";
  /** Index of the exercise in the whole session. */
  exercise: number;
  /** Number of the set, from 1. */
  set: number;
  /** 1 or 2. */
  side: number;
  seconds: number;
};

/** A step counted in repetitions. */
type CountedStep = StepBase & { reps: number; phases: Phase[] };
type TimedStep = StepBase & { reps?: undefined; phases?: undefined };
/** One step of a session's timeline, as programs/pages/player.py sends it. */
type Step = CountedStep | TimedStep;

type Exercise = {
  slug: string;
  name: string;
  focus: string;
  isEasier: boolean;
  easierText: string;
  steps: string[];
  inhale: string;
  exhale: string;
  cues: string[];
  cautions: string[];
  sides: number;
  alternates: boolean;
  /** Seconds of breath in and out where breathing itself is the exercise. */
  pace: [inhale: number, exhale: number] | null;
  /** Addresses of the animated and of the still drawing, and of the therapist's own media. */
  figure: string;
  still: string;
  photo?: string;
  video?: string;
  /** Address of the therapist's own spoken cue. */
  voice?: string;
};

/** Seconds done by step id. */
type StepsDone = Record<string, number>;

/** A sitting another device has reported to the site. Both times are ISO 8601. */
type RemoteSitting = { id: string; startedAt: string; seenAt: string; steps: StepsDone };

/** Addresses of a session; `before`, its check, only in sessions of the week stored for offline use. */
type Addresses = { page: string; log: string; done: string; after: string; anytime: string; before?: string };

/** One session, as the server sends it. */
type SessionData = {
  key: string;
  kind: string;
  title: string;
  minutes: number;
  /** Addresses of what the therapist says at the beginning and at the end. */
  opening?: string;
  closing?: string;
  addresses: Addresses;
  exercises: Record<number, Exercise>;
  steps: Step[];
  /** The steps of the easier version, by exercise index. */
  easier: Partial<Record<number, Step[]>>;
  /** The exercise to show with them, where it is another one; absent in sessions stored before there were any. */
  easierExercises?: Partial<Record<number, Exercise>>;
  /** Exercise indexes of each shorter form, by its name. */
  forms: Record<string, number[]>;
  sitting: RemoteSitting | null;
  /** Codes of the profile's player wishes; absent in sessions stored before there were any. */
  wishes?: string[];
  /** When the check-in behind a session of the week expires (ISO 8601); only in sessions stored for offline use. */
  openUntil?: string | null;
  /** Client id of the check-in that opened a session of the week. */
  checkInId?: string;
  /** Set where a check made on this phone called for the easier version of everything. */
  isEased?: boolean;
};

/** A session in one of its forms ("" is the whole), as the player runs it. */
type Plan = SessionData & { form: string; chosen: number[] };

/** The state of one run through a plan. */
type Sitting = {
  id: string;
  /** Key of the session. */
  key: string;
  startedAt: number;
  finishedAt: number | null;
  /** Id of the current step. */
  at: string;
  /** Milliseconds into the current step, while paused. */
  elapsed: number;
  /** End of the current step, while running; null while paused. */
  endsAt: number | null;
  /** The last moment the player is known to have been open. */
  seenAt: number;
  done: StepsDone;
  /** Exercises, by index, switched to their easier version. */
  easier: number[];
  /** Why the sitting ended early. */
  reason: StopReason;
  /** Client id of the check-in that opened it; absent without one, and in sittings of older versions. */
  checkInId?: string;
};
type StopReason = "" | "enough" | "too_much";
type RunningSitting = Sitting & { endsAt: number };
type Transition = (plan: Plan, sitting: Sitting, now: number) => Sitting;

/** What a step shows at a moment. Shares are 0 to 1; null means that nothing is counted. */
type Moment = {
  rep: number | null;
  reps: number | null;
  phase: PhaseName | null;
  phaseLeft: number;
  phaseShare: number;
  left: number;
  share: number;
};
type BreathPhase = "in" | "out" | "hold";
type Breath = { phase: BreathPhase; share: number; left: number };

/** What the dial shows: one large number, its unit, and the phase in words. */
type Dial = { number: string; unit: string; phase: string };

/** Everything the screen shows of a sitting at a moment. */
type View = Dial & {
  step: Step;
  exercise: Exercise;
  moment: Moment;
  breath: Breath | null;
  running: boolean;
  finished: boolean;
  /** Whether the exercise is done in an easier way that only its own words describe. */
  isEasierInWords: boolean;
  canEase: boolean;
  canUnease: boolean;
  /** How full of air the member's lungs are, 0 to 1; null where the breath is not led. */
  full: number | null;
  name: string;
  side: string;
  cue: string;
  next: string;
  /** 0 to 1. */
  progress: number;
  exerciseOf: string;
};

/** The translated sentences of `player_words()`; a test holds the two lists equal. */
type Words = Record<
  | "begin" | "goOn" | "placeRep" | "soundNote" | "voiceSample" | "backTitle" | "backText" | "backTextNone" | "minutesShort"
  | "exerciseOf" | "setOf" | "side1" | "side2" | "alternate" | "repOf" | "seconds" | "in" | "out" | "lift" | "hold"
  | "letGo" | "getReady" | "rest" | "restCue" | "switch" | "switchCue" | "turnCue" | "next" | "thenAmount" | "last" | "pause"
  | "continue" | "paused" | "easier" | "asPlanned" | "easierNow" | "sent" | "waiting" | "signed_out" | "refused" | "memoryOnly" | "awake"
  | "noVoice" | "redated" | "restToday" | "pauseNow" | "checkFirst" | "incomplete" | "callNow" | "callToday" | "doneTitle" | "doneText" | "enoughTitle" | "enoughText" | "nothingText" | "welcomeBack" | "sayPrepare"
  | "sayWork" | "sayReps" | "saySeconds" | "sayMinutes" | "sayRest" | "sayLast",
  string
>;

type SettingName = "voice" | "chimes" | "vibration" | "keys";
type Settings = Record<SettingName, boolean>;

/** An encrypted key-value store; values are anything JSON can say. */
type Store = {
  /** Whether all that was put into it outlives the page. */
  readonly persistent: boolean;
  /** Whether what was put into it before cannot be read any more. */
  readonly isLost: boolean;
  get(name: string): Promise<any>;
  put(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
  /** Replace a value by `change(value)`, which may take its time; undefined removes it. */
  update(name: string, change: (value: any) => unknown): Promise<any>;
  /** Replace several values, in one transaction. */
  updateAll(names: string[], change: (values: any[]) => unknown[] | Promise<unknown[]>): Promise<any[]>;
};

/** The log of a sitting, as the site takes it; times are ISO 8601. */
type SessionLog = {
  id: string;
  check_in?: string;
  started_at: string;
  finished_at: string;
  exercises_planned: number;
  steps: StepsDone;
};

/** What a message carries: a JSON body for a PUT, or a form's fields for a POST. */
type Content = ({ body: SessionLog; form?: undefined } | { form: FormFields; body?: undefined }) & {
  /** What it is, for the member: a session's or a page's title; absent in messages of older versions. */
  title?: string;
};
type FormFields = [name: string, value: FormDataEntryValue][];

/** A message in the outbox. `version` tells a newer message under the same id from the one being sent. */
type Message = { account: string; url: string; writtenAt: number; version: string } & Content;
type DeliveryState = "sent" | "waiting" | "signed_out" | "refused";

/** What became of sending a message; no response without a network. */
type Attempt = { state: DeliveryState; response: Response | null };

/** `notBefore`: the earliest that the phone's time of sending can be (ms since 1970). */
type PostOptions = { signal?: AbortSignal; notBefore?: number };
type Outbox = {
  compose(url: string, content: Content): Message;
  withdraw(id: string): Promise<void>;
  post(message: { url: string } & Content, options?: PostOptions): Promise<Attempt>;
  send(): Promise<void>;
  keepSending(): Promise<void>;
};

/** The site as the outbox needs it. `freshToken` gives "" without a sign-in and null without a network. */
type Tokens = { token(): string; freshToken(): Promise<string | null> };
type Site = Tokens & {
  account: string;
  /** True when the stored sessions are fresh, false without a sign-in, null without a network. */
  refresh(): Promise<boolean | null>;
  sendLater(): Promise<void>;
};
/** The site's answer: to a log what it has stored and whether it dated that anew, to a form the page it leads to. */
type Reply = { steps?: StepsDone; redated?: boolean; url?: string };
type SentHandler = (id: string, reply: Reply) => void;
type StateHandler = (state: DeliveryState, waiting: Message[]) => void;

/** A sitting as it is stored on the phone. */
type StoredSitting = { account: string; form: string; sitting: Sitting };

/** Where sittings are stored, whose they are, and how they reach the site. */
type Owner = { store: Store; account: string };
type Keeper = Owner & { outbox: Outbox };

/** The sitting under way (sitting.js). */
type SittingHolder = {
  current(): Sitting | null;
  /** Whether one is under way and not finished. */
  isOpen(): boolean;
  start(started: Sitting): void;
  change(transition: Transition): void;
  /** Let time pass up to now; "waiting" when nobody was there and the next step waits for the member. */
  advance(): "same" | "changed" | "waiting";
  /** Merge what another device did; false where it is not this sitting. */
  join(id: string, steps: StepsDone): boolean;
  keep(): Promise<void>;
  /** Resolves when all changes so far are stored. */
  stored(): Promise<void>;
  /** Whether the outbox has all that is done. */
  isAllTold(): boolean;
};

type PlayerOptions = {
  plan: Plan;
  words: Words;
  dialog: HTMLDialogElement;
  keeper: Keeper;
  onClosed(sitting: Sitting | null): void;
};
type Player = {
  play(sitting: Sitting): void;
  saved(line: string, isSent: boolean): void;
  join(id: string, steps: StepsDone): void;
};
type ControlOptions = {
  act(name: string): void;
  close(): void;
  onSetting(name: SettingName): void;
  show(settings: Settings): void;
  panel: { show(shown: boolean): void; isShown(): boolean };
};

/** Answers, or facts of the context, under their clinical names. */
type Facts = Record<string, any>;
/** A question of a check-in, as programs/rules/answers.py has it. */
type Question = {
  kind: "Several" | "Choice" | "Number" | "YesNo";
  name: string;
  codes?: string[];
  low?: number;
  high?: number | null;
};
type Rule = { id: string; outcome: string; group: string | null; when: object };
/** One line of the safety list and its signs. */
type SignGroup = { code: string; signs: string[] };
/** The check before a session as data: outcomes from the mildest to the most careful. */
type Check = {
  fields: Question[];
  rules: Rule[];
  outcomes: string[];
  signGroups: SignGroup[];
  stackGroups: number;
  goodForHours: number;
  context: Facts;
};

/** Check-in pages stored for offline use: HTML by path. */
type StoredPages = { pages: Record<string, string>; pagesAt: number };

/** What is stored under "kept" for offline use. */
type Kept = { account: string; sessions: SessionData[]; check?: Check; etag?: string; keptAt: number } & StoredPages;

/** A drawing in the page: its loop's length, the shares of its parts and the repetitions it covers. */
type Drawing = { svg: SVGSVGElement; seconds: number; tempo: number[]; rounds: number };
type LoopPart = { from: PhaseName; to?: PhaseName };

/** Where the figure stands; without `from` it loops freely, `elapsed` milliseconds in. */
type FigureMoment = Partial<LoopPart> & { share?: number; rep?: number; elapsed?: number };

/** Elements of the page by the value of a data attribute; which kind each is, the template decides. */
type Parts = Record<string, any>;

/** The check-in's form with its hidden fields. */
type CheckInForm = HTMLFormElement & {
  elements: HTMLFormControlsCollection & Record<"made_at" | "client_id" | "country" | "csrfmiddlewaretoken", HTMLInputElement>;
};
type CheckInOptions = {
  store: Store;
  outbox: Outbox;
  /** The CSRF token known to be good last. */
  token(): string;
  /** The outcome of answers the site has not seen: "incomplete", or null where this phone cannot tell. */
  evaluate(form: CheckInForm, fields: FormFields): Promise<string | null>;
  /** How to lead on after an outcome, once what follows from it is kept. */
  follow(kept: Kept | undefined, outcome: string | null): () => unknown;
  /** The sentence for a form with an answer missing. */
  incomplete: string;
  /** Whom to call now or today, for a form with an answer missing that asks for it all the same. */
  calls: Record<"now" | "today", string>;
  /** Addresses of the page that helps without a network, and of the sign-in. */
  safety: string;
  signIn: string;
};
