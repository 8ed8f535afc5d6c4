/**
 * Every kind of record, its fields and the closed lists of the practice.
 * Made by `python -m schemas.typescript` from schemas/; never edited by hand.
 */

export const SCHEMA = 1;
export const MAX_TEXT_BYTES = 65536;

export const MAX_TEXT_JSON_BYTES = 131072;

export const NETWORK_ROLES = ["member", "lead", "analyst", "admin"] as const;
export type NetworkRole = (typeof NETWORK_ROLES)[number];
export const ROUND_ROLES = ["host", "visitor", "facilitator", "timekeeper", "documenter", "apprentice", "guest"] as const;
export type RoundRole = (typeof ROUND_ROLES)[number];
export const SCOPE_TYPES = ["own", "visitors", "round", "network"] as const;
export type ScopeType = (typeof SCOPE_TYPES)[number];
export const VERDICTS = ["applied", "set_aside", "purged", "invalid"] as const;
export type Verdict = (typeof VERDICTS)[number];
export const SET_ASIDE_REASONS = ["access", "schema", "validation", "scope"] as const;
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];
export const CORE_ELEMENTS = ["teacher", "student", "task", "relation"] as const;
export type CoreElement = (typeof CORE_ELEMENTS)[number];
export const GRADE_BANDS = ["pre_k", "k_2", "3_5", "6_8", "9_12"] as const;
export type GradeBand = (typeof GRADE_BANDS)[number];
export const SCHOOL_SUBJECTS = ["math", "language_arts", "science", "social_studies", "world_languages", "arts", "physical_education", "career_technical", "other"] as const;
export type SchoolSubject = (typeof SCHOOL_SUBJECTS)[number];
export const PROGRAM_CONTEXTS = ["advanced", "intervention", "english_learners", "dual_language", "inclusion", "special_education"] as const;
export type ProgramContext = (typeof PROGRAM_CONTEXTS)[number];
export const POSITIONS = ["teacher_leader", "assistant_principal", "principal", "district_leader", "superintendent", "partner"] as const;
export type Position = (typeof POSITIONS)[number];
export const ROUND_STAGES = ["planning", "ready", "closed"] as const;
export type RoundStage = (typeof ROUND_STAGES)[number];
export const CARD_STANDINGS = ["posted", "agreed", "returned", "withdrawn"] as const;
export type CardStanding = (typeof CARD_STANDINGS)[number];
export const PHASES = ["describe", "analyze", "predict", "next_level"] as const;
export type Phase = (typeof PHASES)[number];
export const DOT_REASONS = ["judges", "vague", "off_problem"] as const;
export type DotReason = (typeof DOT_REASONS)[number];
export const ACTIVITIES = ["reread", "read_and_agree", "cross_check", "how_alike", "own_wall", "gallery_walk", "one_wall", "patterns", "predict", "host_speaks", "next_level", "commit", "other"] as const;
export type Activity = (typeof ACTIVITIES)[number];
export const ACTORS = ["alone", "team", "matched_teams", "everyone", "the_host"] as const;
export type Actor = (typeof ACTORS)[number];
export const HOST_PARTS = ["listens", "takes_part"] as const;
export type HostPart = (typeof HOST_PARTS)[number];
export const NORM_HELDS = ["held", "look_again"] as const;
export type NormHeld = (typeof NORM_HELDS)[number];
export const PATTERN_FORMS = ["pattern", "contrast", "question"] as const;
export type PatternForm = (typeof PATTERN_FORMS)[number];
export const FILE_EVERIES = ["month", "quarter"] as const;
export type FileEvery = (typeof FILE_EVERIES)[number];
export const PATTERN_SUBJECTS = ["teachers", "students", "tasks"] as const;
export type PatternSubject = (typeof PATTERN_SUBJECTS)[number];
export const QUANTIFIERS = ["few", "some", "many", "most"] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];
export const ROOM_TO_ROOMS = ["alike", "different"] as const;
export type RoomToRoom = (typeof ROOM_TO_ROOMS)[number];
export const CONSENSUSES = ["agree", "not_yet"] as const;
export type Consensus = (typeof CONSENSUSES)[number];
export const HORIZONS = ["next_week", "next_month", "end_of_year"] as const;
export type Horizon = (typeof HORIZONS)[number];
export const LEVELS = ["classroom", "school", "district", "network"] as const;
export type Level = (typeof LEVELS)[number];
export const TAKERS = ["host_principal", "host_leadership_team", "grade_teams", "subject_teams", "coaches", "district_office", "network_leads", "whole_network"] as const;
export type Taker = (typeof TAKERS)[number];
export const CHECK_BACKS = ["done", "doing", "changed", "let_go"] as const;
export type CheckBack = (typeof CHECK_BACKS)[number];
export const REVISIT_FORMS = ["conversation", "second_visit"] as const;
export type RevisitForm = (typeof REVISIT_FORMS)[number];
export const PREDICTION_SEENS = ["seen", "partly", "not_seen", "too_early"] as const;
export type PredictionSeen = (typeof PREDICTION_SEENS)[number];
export const AUDIENCES = ["school", "network", "district", "public"] as const;
export type Audience = (typeof AUDIENCES)[number];
export const NUMBER_SORTS = ["value", "count", "share", "rate", "samples"] as const;
export type NumberSort = (typeof NUMBER_SORTS)[number];
export const COUNTED_BASES = ["students", "classrooms", "something_else"] as const;
export type CountedBase = (typeof COUNTED_BASES)[number];
export const CHART_FORMS = ["run", "control", "movement", "plot_the_dots"] as const;
export type ChartForm = (typeof CHART_FORMS)[number];
export type FieldKind = "text" | "choice" | "tag" | "position" | "deleted";

/** Where a card lies: a group or none, and its order within. */
export interface Place {
  group: string | null;
  order: string;
}

export interface Fields {
  card: {
    text: string;
    element: CoreElement | null;
    grade_band: GradeBand | null;
    subject: SchoolSubject | null;
    context: ReadonlySet<string>;
    focus_questions: ReadonlySet<string>;
    standing: CardStanding | null;
    position: Place | null;
    made_from: string | null;
  };
  card_source: {
    card: string | null;
    note: string | null;
    classroom: string | null;
    team: string | null;
    member: string | null;
    minute: number | null;
  };
  classroom: {
    number: number | null;
    grade_band: GradeBand | null;
    subject: SchoolSubject | null;
    context: ReadonlySet<string>;
    spare_of: string | null;
    joined_to: string | null;
    free_from: string | null;
    free_until: string | null;
  };
  commitment: {
    round: string | null;
    text: string;
    outcome: CheckBack | null;
  };
  debrief: {
    phase: Phase | null;
    runbook: string | null;
    step: string | null;
    step_began_at: string | null;
    paused_at: string | null;
    added_minutes: number | null;
    host_part: HostPart | null;
    began_at: string | null;
    predictions_shown: boolean | null;
    sealed_at: string | null;
    closed_at: string | null;
  };
  district: {
    name: string;
    state: string;
  };
  dot: {
    card: string | null;
    team: string | null;
    reason: DotReason | null;
  };
  focus_question: {
    text: string;
    order: number | null;
    standards: ReadonlySet<string>;
  };
  framework: {
    title: string;
    creator: string;
  };
  group: {
    name: string;
    order: number | null;
    joined_to: string | null;
  };
  late_team: {
    team: string | null;
    went_on_at: string | null;
  };
  measure: {
    title: string;
    about: string;
    unit: string;
    numbers: NumberSort | null;
    base: CountedBase | null;
    form: ChartForm | null;
    aim: string | null;
    not_a_person: ReadonlySet<string>;
  };
  measure_point: {
    measure: string | null;
    measured_on: string | null;
    value: string | null;
    out_of: string | null;
    note: string;
    round: string | null;
  };
  member: {
    name: string;
    roles: ReadonlySet<string>;
    position: Position | null;
    school: string | null;
    district: string | null;
    active: boolean | null;
  };
  next_level_item: {
    text: string;
    horizon: Horizon | null;
    level: Level | null;
    taken_on_by_member: string | null;
    taken_on_by: Taker | null;
    support: string;
    check_back_on: string | null;
    starts_first: boolean | null;
    order: number | null;
    outcome: CheckBack | null;
    learned: string;
    of_use: boolean | null;
  };
  norm: {
    text: string;
    order: number | null;
  };
  norm_check: {
    held: NormHeld | null;
    next_time: string;
  };
  norms_agreement: {
    member: string | null;
    agreed_at: string | null;
  };
  note: {
    round: string | null;
    observation: string | null;
    classroom: string | null;
    text: string;
    element: CoreElement | null;
    minute: number | null;
    order: number | null;
    starred: boolean | null;
    chosen: boolean | null;
    focus_questions: ReadonlySet<string>;
    tags: ReadonlySet<string>;
  };
  observation: {
    round: string | null;
    slot: string | null;
    classroom: string | null;
    began_at: string | null;
    ended_at: string | null;
  };
  participant: {
    member: string | null;
    roles: ReadonlySet<string>;
  };
  pattern: {
    form: PatternForm | null;
    subject: PatternSubject | null;
    element: CoreElement | null;
    statement: string;
    quantifier: Quantifier | null;
    cards: ReadonlySet<string>;
    groups: ReadonlySet<string>;
    consensus: Consensus | null;
    open_question: string;
    order: number | null;
  };
  pattern_now: {
    pattern: string | null;
    second_pattern: string | null;
    text: string;
  };
  prediction: {
    text: string;
    agreed: boolean | null;
    made_from: string | null;
    seen: PredictionSeen | null;
    seen_text: string;
  };
  problem_of_practice: {
    text: string;
    about_the_core: string;
    observable: string;
    actionable: string;
    connected: string;
    high_leverage: string;
    not_yet_known: string;
  };
  reader: {
    round: string | null;
    finished: boolean | null;
  };
  reading: {
    card: string | null;
    reader: string | null;
    element: CoreElement | null;
    bears: ReadonlySet<string>;
    bears_partly: ReadonlySet<string>;
    bears_not: ReadonlySet<string>;
  };
  reflective_question: {
    text: string;
    order: number | null;
  };
  regular_file: {
    query: string;
    every: FileEvery | null;
  };
  return_summary: {
    thanks: string;
    network_words: string;
    host_words: string;
    opened: ReadonlySet<string>;
    thanks_as_opened: string;
    network_words_as_opened: string;
    closing_as_opened: string | null;
    same_day_word: string;
    hear_on: string | null;
    reminded_at: string | null;
    not_a_person: ReadonlySet<string>;
    then_and_now: ReadonlySet<string>;
  };
  revisit: {
    form: RevisitForm | null;
    meets_on: string | null;
    second_round: string | null;
    opened_at: string | null;
  };
  round: {
    title: string;
    host_school: string | null;
    visits_on: string | null;
    begins_at: string | null;
    ends_at: string | null;
    lunch_begins_at: string | null;
    lunch_ends_at: string | null;
    address: string;
    entrance: string;
    parking: string;
    meeting_room: string;
    phone: string;
    day_notes: string;
    visit_minutes: number | null;
    visits_begin_at: string | null;
    visits_end_at: string | null;
    visits_per_team: number | null;
    host_school_visits: boolean | null;
    stage: RoundStage | null;
    previous_round: string | null;
  };
  saved_view: {
    title: string;
    query: string;
  };
  school: {
    name: string;
    district: string | null;
    directory_id: string;
  };
  slot: {
    team: string | null;
    classroom: string | null;
    begins_at: string | null;
    minutes: number | null;
    skipped: boolean | null;
  };
  standard: {
    framework: string | null;
    code: string;
    text: string;
    asks: boolean | null;
    order: number | null;
    dropped: boolean | null;
  };
  step: {
    activity: Activity | null;
    phase: Phase | null;
    order: number | null;
    minutes: number | null;
    actor: Actor | null;
    left_out: boolean | null;
    title: string;
    prompts: string;
    script: string;
    why: string;
    runbook: string | null;
  };
  step_note: {
    step: string | null;
    text: string;
  };
  team: {
    name: string;
    order: number | null;
    members: ReadonlySet<string>;
    facilitator: string | null;
  };
  team_group: {
    team: string | null;
    name: string;
    order: number | null;
    joined_to: string | null;
  };
  team_place: {
    card: string | null;
    position: Place | null;
  };
  template: {
    name: string;
  };
  template_step: {
    activity: Activity | null;
    phase: Phase | null;
    order: number | null;
    minutes: number | null;
    actor: Actor | null;
    left_out: boolean | null;
    title: string;
    prompts: string;
    script: string;
    why: string;
    template: string | null;
  };
  theory_of_action: {
    version: number | null;
    begun_at: string | null;
    if_text: string;
    then_text: string;
    so_that_text: string;
  };
}

export interface Sets {
  card: {
    text?: string;
    element?: CoreElement | null;
    grade_band?: GradeBand | null;
    subject?: SchoolSubject | null;
    [tag: `context/${string}`]: boolean;
    [tag: `focus_questions/${string}`]: boolean;
    standing?: CardStanding | null;
    position?: Place | null;
    made_from?: string | null;
  };
  card_source: {
    card?: string | null;
    note?: string | null;
    classroom?: string | null;
    team?: string | null;
    member?: string | null;
    minute?: number | null;
  };
  classroom: {
    number?: number | null;
    grade_band?: GradeBand | null;
    subject?: SchoolSubject | null;
    [tag: `context/${string}`]: boolean;
    spare_of?: string | null;
    joined_to?: string | null;
    free_from?: string | null;
    free_until?: string | null;
  };
  commitment: {
    round?: string | null;
    text?: string;
    outcome?: CheckBack | null;
  };
  debrief: {
    phase?: Phase | null;
    runbook?: string | null;
    step?: string | null;
    step_began_at?: string | null;
    paused_at?: string | null;
    added_minutes?: number | null;
    host_part?: HostPart | null;
    began_at?: string | null;
    predictions_shown?: boolean | null;
    sealed_at?: string | null;
    closed_at?: string | null;
  };
  district: {
    name?: string;
    state?: string;
  };
  dot: {
    card?: string | null;
    team?: string | null;
    reason?: DotReason | null;
  };
  focus_question: {
    text?: string;
    order?: number | null;
    [tag: `standards/${string}`]: boolean;
  };
  framework: {
    title?: string;
    creator?: string;
  };
  group: {
    name?: string;
    order?: number | null;
    joined_to?: string | null;
  };
  late_team: {
    team?: string | null;
    went_on_at?: string | null;
  };
  measure: {
    title?: string;
    about?: string;
    unit?: string;
    numbers?: NumberSort | null;
    base?: CountedBase | null;
    form?: ChartForm | null;
    aim?: string | null;
    [tag: `not_a_person/${string}`]: boolean;
  };
  measure_point: {
    measure?: string | null;
    measured_on?: string | null;
    value?: string | null;
    out_of?: string | null;
    note?: string;
    round?: string | null;
  };
  member: {
    name?: string;
    [tag: `roles/${string}`]: boolean;
    position?: Position | null;
    school?: string | null;
    district?: string | null;
    active?: boolean | null;
  };
  next_level_item: {
    text?: string;
    horizon?: Horizon | null;
    level?: Level | null;
    taken_on_by_member?: string | null;
    taken_on_by?: Taker | null;
    support?: string;
    check_back_on?: string | null;
    starts_first?: boolean | null;
    order?: number | null;
    outcome?: CheckBack | null;
    learned?: string;
    of_use?: boolean | null;
  };
  norm: {
    text?: string;
    order?: number | null;
  };
  norm_check: {
    held?: NormHeld | null;
    next_time?: string;
  };
  norms_agreement: {
    member?: string | null;
    agreed_at?: string | null;
  };
  note: {
    round?: string | null;
    observation?: string | null;
    classroom?: string | null;
    text?: string;
    element?: CoreElement | null;
    minute?: number | null;
    order?: number | null;
    starred?: boolean | null;
    chosen?: boolean | null;
    [tag: `focus_questions/${string}`]: boolean;
    [tag: `tags/${string}`]: boolean;
  };
  observation: {
    round?: string | null;
    slot?: string | null;
    classroom?: string | null;
    began_at?: string | null;
    ended_at?: string | null;
  };
  participant: {
    member?: string | null;
    [tag: `roles/${string}`]: boolean;
  };
  pattern: {
    form?: PatternForm | null;
    subject?: PatternSubject | null;
    element?: CoreElement | null;
    statement?: string;
    quantifier?: Quantifier | null;
    [tag: `cards/${string}`]: boolean;
    [tag: `groups/${string}`]: boolean;
    consensus?: Consensus | null;
    open_question?: string;
    order?: number | null;
  };
  pattern_now: {
    pattern?: string | null;
    second_pattern?: string | null;
    text?: string;
  };
  prediction: {
    text?: string;
    agreed?: boolean | null;
    made_from?: string | null;
    seen?: PredictionSeen | null;
    seen_text?: string;
  };
  problem_of_practice: {
    text?: string;
    about_the_core?: string;
    observable?: string;
    actionable?: string;
    connected?: string;
    high_leverage?: string;
    not_yet_known?: string;
  };
  reader: {
    round?: string | null;
    finished?: boolean | null;
  };
  reading: {
    card?: string | null;
    reader?: string | null;
    element?: CoreElement | null;
    [tag: `bears/${string}`]: boolean;
    [tag: `bears_partly/${string}`]: boolean;
    [tag: `bears_not/${string}`]: boolean;
  };
  reflective_question: {
    text?: string;
    order?: number | null;
  };
  regular_file: {
    query?: string;
    every?: FileEvery | null;
  };
  return_summary: {
    thanks?: string;
    network_words?: string;
    host_words?: string;
    [tag: `opened/${string}`]: boolean;
    thanks_as_opened?: string;
    network_words_as_opened?: string;
    closing_as_opened?: string | null;
    same_day_word?: string;
    hear_on?: string | null;
    reminded_at?: string | null;
    [tag: `not_a_person/${string}`]: boolean;
    [tag: `then_and_now/${string}`]: boolean;
  };
  revisit: {
    form?: RevisitForm | null;
    meets_on?: string | null;
    second_round?: string | null;
    opened_at?: string | null;
  };
  round: {
    title?: string;
    host_school?: string | null;
    visits_on?: string | null;
    begins_at?: string | null;
    ends_at?: string | null;
    lunch_begins_at?: string | null;
    lunch_ends_at?: string | null;
    address?: string;
    entrance?: string;
    parking?: string;
    meeting_room?: string;
    phone?: string;
    day_notes?: string;
    visit_minutes?: number | null;
    visits_begin_at?: string | null;
    visits_end_at?: string | null;
    visits_per_team?: number | null;
    host_school_visits?: boolean | null;
    stage?: RoundStage | null;
    previous_round?: string | null;
  };
  saved_view: {
    title?: string;
    query?: string;
  };
  school: {
    name?: string;
    district?: string | null;
    directory_id?: string;
  };
  slot: {
    team?: string | null;
    classroom?: string | null;
    begins_at?: string | null;
    minutes?: number | null;
    skipped?: boolean | null;
  };
  standard: {
    framework?: string | null;
    code?: string;
    text?: string;
    asks?: boolean | null;
    order?: number | null;
    dropped?: boolean | null;
  };
  step: {
    activity?: Activity | null;
    phase?: Phase | null;
    order?: number | null;
    minutes?: number | null;
    actor?: Actor | null;
    left_out?: boolean | null;
    title?: string;
    prompts?: string;
    script?: string;
    why?: string;
    runbook?: string | null;
  };
  step_note: {
    step?: string | null;
    text?: string;
  };
  team: {
    name?: string;
    order?: number | null;
    [tag: `members/${string}`]: boolean;
    facilitator?: string | null;
  };
  team_group: {
    team?: string | null;
    name?: string;
    order?: number | null;
    joined_to?: string | null;
  };
  team_place: {
    card?: string | null;
    position?: Place | null;
  };
  template: {
    name?: string;
  };
  template_step: {
    activity?: Activity | null;
    phase?: Phase | null;
    order?: number | null;
    minutes?: number | null;
    actor?: Actor | null;
    left_out?: boolean | null;
    title?: string;
    prompts?: string;
    script?: string;
    why?: string;
    template?: string | null;
  };
  theory_of_action: {
    version?: number | null;
    begun_at?: string | null;
    if_text?: string;
    then_text?: string;
    so_that_text?: string;
  };
}

export type Kind = keyof Fields;
/** What a record of the kind shows. */
export type FieldsOf<K extends Kind> = Fields[K];
/** What a save of the kind may set: plain fields, and tags as `roles/visitor`. */
export type SetOf<K extends Kind> = Sets[K];

/** How two values of each field are merged. */
export const FIELD_KINDS: { readonly [K in Kind]: { readonly [F in keyof Fields[K]]:
  FieldKind } } = {
  card: { text: "text", element: "choice", grade_band: "choice", subject: "choice", context: "tag", focus_questions: "tag", standing: "choice", position: "position", made_from: "choice" },
  card_source: { card: "choice", note: "choice", classroom: "choice", team: "choice", member: "choice", minute: "choice" },
  classroom: { number: "choice", grade_band: "choice", subject: "choice", context: "tag", spare_of: "choice", joined_to: "choice", free_from: "choice", free_until: "choice" },
  commitment: { round: "choice", text: "text", outcome: "choice" },
  debrief: { phase: "choice", runbook: "choice", step: "choice", step_began_at: "choice", paused_at: "choice", added_minutes: "choice", host_part: "choice", began_at: "choice", predictions_shown: "choice", sealed_at: "choice", closed_at: "choice" },
  district: { name: "text", state: "text" },
  dot: { card: "choice", team: "choice", reason: "choice" },
  focus_question: { text: "text", order: "choice", standards: "tag" },
  framework: { title: "text", creator: "text" },
  group: { name: "text", order: "choice", joined_to: "choice" },
  late_team: { team: "choice", went_on_at: "choice" },
  measure: { title: "text", about: "text", unit: "text", numbers: "choice", base: "choice", form: "choice", aim: "choice", not_a_person: "tag" },
  measure_point: { measure: "choice", measured_on: "choice", value: "choice", out_of: "choice", note: "text", round: "choice" },
  member: { name: "text", roles: "tag", position: "choice", school: "choice", district: "choice", active: "choice" },
  next_level_item: { text: "text", horizon: "choice", level: "choice", taken_on_by_member: "choice", taken_on_by: "choice", support: "text", check_back_on: "choice", starts_first: "choice", order: "choice", outcome: "choice", learned: "text", of_use: "choice" },
  norm: { text: "text", order: "choice" },
  norm_check: { held: "choice", next_time: "text" },
  norms_agreement: { member: "choice", agreed_at: "choice" },
  note: { round: "choice", observation: "choice", classroom: "choice", text: "text", element: "choice", minute: "choice", order: "choice", starred: "choice", chosen: "choice", focus_questions: "tag", tags: "tag" },
  observation: { round: "choice", slot: "choice", classroom: "choice", began_at: "choice", ended_at: "choice" },
  participant: { member: "choice", roles: "tag" },
  pattern: { form: "choice", subject: "choice", element: "choice", statement: "text", quantifier: "choice", cards: "tag", groups: "tag", consensus: "choice", open_question: "text", order: "choice" },
  pattern_now: { pattern: "choice", second_pattern: "choice", text: "text" },
  prediction: { text: "text", agreed: "choice", made_from: "choice", seen: "choice", seen_text: "text" },
  problem_of_practice: { text: "text", about_the_core: "text", observable: "text", actionable: "text", connected: "text", high_leverage: "text", not_yet_known: "text" },
  reader: { round: "choice", finished: "choice" },
  reading: { card: "choice", reader: "choice", element: "choice", bears: "tag", bears_partly: "tag", bears_not: "tag" },
  reflective_question: { text: "text", order: "choice" },
  regular_file: { query: "text", every: "choice" },
  return_summary: { thanks: "text", network_words: "text", host_words: "text", opened: "tag", thanks_as_opened: "text", network_words_as_opened: "text", closing_as_opened: "choice", same_day_word: "text", hear_on: "choice", reminded_at: "choice", not_a_person: "tag", then_and_now: "tag" },
  revisit: { form: "choice", meets_on: "choice", second_round: "choice", opened_at: "choice" },
  round: { title: "text", host_school: "choice", visits_on: "choice", begins_at: "choice", ends_at: "choice", lunch_begins_at: "choice", lunch_ends_at: "choice", address: "text", entrance: "text", parking: "text", meeting_room: "text", phone: "text", day_notes: "text", visit_minutes: "choice", visits_begin_at: "choice", visits_end_at: "choice", visits_per_team: "choice", host_school_visits: "choice", stage: "choice", previous_round: "choice" },
  saved_view: { title: "text", query: "text" },
  school: { name: "text", district: "choice", directory_id: "text" },
  slot: { team: "choice", classroom: "choice", begins_at: "choice", minutes: "choice", skipped: "choice" },
  standard: { framework: "choice", code: "text", text: "text", asks: "choice", order: "choice", dropped: "choice" },
  step: { activity: "choice", phase: "choice", order: "choice", minutes: "choice", actor: "choice", left_out: "choice", title: "text", prompts: "text", script: "text", why: "text", runbook: "choice" },
  step_note: { step: "choice", text: "text" },
  team: { name: "text", order: "choice", members: "tag", facilitator: "choice" },
  team_group: { team: "choice", name: "text", order: "choice", joined_to: "choice" },
  team_place: { card: "choice", position: "position" },
  template: { name: "text" },
  template_step: { activity: "choice", phase: "choice", order: "choice", minutes: "choice", actor: "choice", left_out: "choice", title: "text", prompts: "text", script: "text", why: "text", template: "choice" },
  theory_of_action: { version: "choice", begun_at: "choice", if_text: "text", then_text: "text", so_that_text: "text" },
};

export const KINDS = [
  "card",
  "card_source",
  "classroom",
  "commitment",
  "debrief",
  "district",
  "dot",
  "focus_question",
  "framework",
  "group",
  "late_team",
  "measure",
  "measure_point",
  "member",
  "next_level_item",
  "norm",
  "norm_check",
  "norms_agreement",
  "note",
  "observation",
  "participant",
  "pattern",
  "pattern_now",
  "prediction",
  "problem_of_practice",
  "reader",
  "reading",
  "reflective_question",
  "regular_file",
  "return_summary",
  "revisit",
  "round",
  "saved_view",
  "school",
  "slot",
  "standard",
  "step",
  "step_note",
  "team",
  "team_group",
  "team_place",
  "template",
  "template_step",
  "theory_of_action",
] as const satisfies readonly Kind[];

/** The part of a record's scope before the colon. */
export const SCOPE_OF: { readonly [K in Kind]: ScopeType } = {
  card: "round",
  card_source: "visitors",
  classroom: "round",
  commitment: "own",
  debrief: "round",
  district: "network",
  dot: "visitors",
  focus_question: "round",
  framework: "network",
  group: "round",
  late_team: "visitors",
  measure: "network",
  measure_point: "network",
  member: "network",
  next_level_item: "round",
  norm: "round",
  norm_check: "round",
  norms_agreement: "round",
  note: "own",
  observation: "own",
  participant: "round",
  pattern: "round",
  pattern_now: "round",
  prediction: "round",
  problem_of_practice: "round",
  reader: "own",
  reading: "visitors",
  reflective_question: "round",
  regular_file: "own",
  return_summary: "round",
  revisit: "round",
  round: "round",
  saved_view: "own",
  school: "network",
  slot: "round",
  standard: "network",
  step: "round",
  step_note: "visitors",
  team: "round",
  team_group: "visitors",
  team_place: "visitors",
  template: "network",
  template_step: "network",
  theory_of_action: "round",
};
