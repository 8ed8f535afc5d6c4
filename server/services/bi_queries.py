"""The queries behind the views for BI tools (bi_views.py): SQL of PostgreSQL, nothing else.

`{network}`, `{rules}` and the like are filled with our own words. Twin of patterns.py (which
rounds) and the columns of the files; tests/sync/test_bi_views.py compares what they give.
"""

# ruff: noqa: S608 - these are put together from our own words alone
from __future__ import annotations

_DAY = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

_ROUNDS = f"""
been AS (
  SELECT r.round_id, r.opened,
    substr(r.visits_on, 1, 4) || '-Q' || (substr(r.visits_on, 6, 2)::int + 2) / 3 AS visited_in
  FROM round_index r JOIN network n ON n.id = r.network_id
  WHERE r.network_id = {{network}} AND NOT r.deleted
    AND CASE WHEN r.visits_on ~ '{_DAY}' THEN
      r.visits_on <= to_char(now() AT TIME ZONE n.time_zone, 'YYYY-MM-DD')
      AND substr(r.visits_on, 9, 2)::int <= extract(day FROM
        (substr(r.visits_on, 1, 7) || '-01')::date + interval '1 month' - interval '1 day')
    ELSE false END
),
current_rounds AS (
  SELECT been.* FROM been
  JOIN narrowed_until u ON u.network_id = {{network}} AND u.rules = {{rules}}
  WHERE NOT EXISTS (
    SELECT FROM change c WHERE c.network_id = {{network}} AND c.seq > u.head
      AND c.scope IN ('round:' || been.round_id, 'visitors:' || been.round_id))
),
readable AS (
  SELECT round_id, visited_in FROM current_rounds
  WHERE 'district' = ANY (string_to_array(opened, ' '))
)"""
"""Rounds that have been and whose host opened the district, as far as the tables tell them.

A round of which something was written a moment ago is away until the tables hold it.
"""


def _hashed(letter: str, words: str, twin: str) -> str:
    """A lasting id (domain/lasting_ids) of these words."""
    spelled = f"convert_to(concat_ws(E'\\n', {words}), 'UTF8')"
    digits = f"left(encode(sha256({spelled}), 'hex'), 16)"
    return f"'{letter}' || {digits} || CASE {twin} WHEN 1 THEN '' ELSE '-' || {twin} END"


def _in_order(listed: str, column: str) -> str:
    """The words of a column over the rows of a group, in the order of their list."""
    return f"""(SELECT string_agg(word, '; ' ORDER BY place)
      FROM unnest({{{listed}}}) WITH ORDINALITY AS listed (word, place)
      WHERE word = ANY (array_agg({column})))"""


_FACTS = f"""
cards_of AS (
  SELECT c.*, row_number() OVER (PARTITION BY v.visited_in, c.text
      ORDER BY c.card_id COLLATE "C") AS card_twin
  FROM readable v
  JOIN released_card c ON c.network_id = {{network}} AND c.round_id = v.round_id
),
evidence_of AS (
  SELECT p.*, v.visited_in, c.card_id, c.text AS evidence, c.element AS evidence_element,
    c.grade_band, c.subject AS lesson_subject, c.contexts, c.card_twin,
    row_number() OVER (PARTITION BY p.pattern_id, c.text
      ORDER BY coalesce(c.element, '') COLLATE "C", c.card_id COLLATE "C") AS evidence_twin
  FROM readable v
  JOIN released_pattern p ON p.network_id = {{network}} AND p.round_id = v.round_id
  JOIN released_evidence e ON e.network_id = {{network}} AND e.pattern_id = p.pattern_id
  JOIN cards_of c ON c.card_id = e.card_id
),
patterns_of AS (
  SELECT pattern_id AS inner_id, statement, quantifier AS how_many,
    CASE {{rooms}} END AS room_to_room, subject AS pattern_about,
    element AS core_element, visited_in, nullif(problem, '') AS problem,
    {_in_order("bands", "grade_band")} AS grade_bands,
    {_in_order("subjects", "lesson_subject")} AS lesson_subjects
  FROM evidence_of
  GROUP BY pattern_id, statement, quantifier, subject, element, visited_in, problem
),
named AS (
  SELECT *, hashed || CASE twin WHEN 1 THEN '' ELSE '-' || twin END AS pattern_id
  FROM (
    SELECT *, row_number() OVER (PARTITION BY hashed ORDER BY inner_id) AS twin
    FROM (
      SELECT *, 'p' || left(encode(sha256(convert_to(
        concat_ws(E'\\n', pattern_about, visited_in, statement), 'UTF8')), 'hex'), 16) AS hashed
      FROM patterns_of
    ) AS hashes
  ) AS twins
)"""

_QUESTIONS = """
questions AS (
  SELECT q.question_id,
    (array_agg(q.words ORDER BY v.visited_in DESC, q.words COLLATE "C" DESC))[1] AS question,
    bool_or(q.seen) AS has_evidence
  FROM readable v
  JOIN released_question q ON q.network_id = {network} AND q.round_id = v.round_id
  GROUP BY q.question_id
)"""
"""Each focus question once, as it was worded last (narrow_tables._questions)."""

_BEARS_ON = """
bears_on AS (
  SELECT c.card_id, string_agg(q.question, ' · ' ORDER BY q.question_id) AS focus_questions,
    string_agg(q.question_id, '; ' ORDER BY q.question_id) AS focus_question_ids
  FROM readable v
  JOIN released_card c ON c.network_id = {network} AND c.round_id = v.round_id
  CROSS JOIN LATERAL unnest(string_to_array(c.questions, ' ')) AS named (question_id)
  JOIN questions q USING (question_id)
  GROUP BY c.card_id
)"""

_PATTERN = """pattern_id, statement, how_many, room_to_room, pattern_about, core_element,
  grade_bands, lesson_subjects, visited_in, problem"""

PATTERNS = f"""WITH {_ROUNDS}, {_FACTS}
SELECT {_PATTERN}, {{line}}::text AS about_this_evidence FROM named"""

EVIDENCE = f"""WITH {_ROUNDS}, {_FACTS}, {_QUESTIONS}, {_BEARS_ON}
SELECT {", ".join(f"n.{name.strip()}" for name in _PATTERN.split(","))},
  e.evidence, e.evidence_element, e.grade_band, e.lesson_subject,
  nullif(replace(e.contexts, ' ', '; '), '') AS context, b.focus_questions,
  b.focus_question_ids,
  {_hashed("e", "n.pattern_id, e.evidence", "e.evidence_twin")} AS evidence_id,
  {_hashed("c", "n.visited_in, e.evidence", "e.card_twin")} AS card_id,
  {{line}}::text AS about_this_evidence
FROM named n JOIN evidence_of e ON e.pattern_id = n.inner_id LEFT JOIN bears_on b USING (card_id)"""

FOCUS_QUESTIONS = f"""WITH {_ROUNDS}, {_QUESTIONS}
SELECT question_id, question, has_evidence, {{line}}::text AS about_this_evidence FROM questions"""

NEXT_LEVEL = f"""WITH {_ROUNDS},
told AS (
  SELECT i.item_id, i.content::json AS item
  FROM readable v JOIN released_item i ON i.network_id = {{network}} AND i.round_id = v.round_id
),
items AS (
  SELECT item_id, item ->> 'text' AS next_level, item ->> 'horizon' AS horizon,
    item ->> 'level' AS level, item ->> 'taken_on_by' AS taken_on_by,
    item ->> 'support' AS support, item ->> 'check_back_on' AS on_day,
    item ->> 'outcome' AS outcome, item ->> 'learned' AS learned,
    (item ->> 'of_use')::boolean AS of_use
  FROM told
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY level, on_day, next_level
    ORDER BY item_id COLLATE "C") AS twin
  FROM items
)
SELECT next_level, horizon, level, taken_on_by, support, on_day::date AS check_back_on,
  outcome, learned, of_use, {_hashed("n", "level, on_day, next_level", "twin")} AS next_level_id,
  {{line}}::text AS about_this_evidence
FROM numbered"""

FIGURES = f"""WITH {_ROUNDS},
told AS (
  SELECT r.figures::json AS figures
  FROM readable v
  JOIN released_round r ON r.network_id = {{network}} AND r.round_id = v.round_id
  WHERE r.visited <> '[]'
),
parts AS (
  SELECT 'all' AS kind, 'all' AS word, (figures ->> 'whole')::int AS rooms FROM told
  UNION ALL
  SELECT kind, part.key, part.value::int
  FROM told
  CROSS JOIN (VALUES ('grade_band', 'grade_band'), ('lesson_subject', 'subject'))
    AS kinds (kind, field)
  CROSS JOIN LATERAL json_each_text(figures -> 'tables' -> field) AS part
),
pooled AS (
  SELECT kind, word, sum(rooms)::int AS at_least,
    bool_or(rooms IS NULL) OR (kind <> 'all' AND EXISTS (
      SELECT FROM told WHERE figures ->> 'whole' IS NULL)) AS has_more
  FROM parts WHERE word <> '' GROUP BY kind, word
)
SELECT kind AS figure_kind, word AS figure_of,
  CASE WHEN at_least IS NULL THEN {{fewer_than}}
    WHEN has_more THEN format({{or_more}}, at_least) ELSE at_least::text END AS classrooms_visited,
  at_least AS classrooms_at_least,
  {{line}}::text AS about_this_evidence
FROM pooled"""
"""Which figure of a round is kept back, the tables tell; here they are added up."""

QUARTERS = f"""WITH {_ROUNDS},
quarters AS (
  SELECT b.visited_in, count(v.round_id)::int AS rounds_told,
    (count(*) - count(v.round_id))::int AS rounds_not_released
  FROM been b LEFT JOIN readable v USING (round_id) GROUP BY b.visited_in
),
told AS (
  SELECT v.visited_in, (r.figures::json ->> 'whole')::int AS rooms
  FROM readable v
  JOIN released_round r ON r.network_id = {{network}} AND r.round_id = v.round_id
  WHERE r.visited <> '[]'
),
pooled AS (
  SELECT visited_in, sum(rooms)::int AS at_least, bool_or(rooms IS NULL) AS has_more
  FROM told GROUP BY visited_in
)
SELECT q.visited_in, q.rounds_told, q.rounds_not_released,
  CASE WHEN p.at_least IS NULL THEN {{fewer_than}}
    WHEN p.has_more THEN format({{or_more}}, p.at_least) ELSE p.at_least::text
  END AS classrooms_visited,
  p.at_least AS classrooms_at_least, {{line}}::text AS about_this_evidence
FROM quarters q LEFT JOIN pooled p USING (visited_in)"""
"""Quarter by quarter: what is told of each round's classrooms, as FIGURES adds it up."""

CONTEXTS = f"""WITH {_ROUNDS}, {_FACTS},
of_program AS (
  SELECT e.*, named.program
  FROM evidence_of e
  CROSS JOIN LATERAL unnest(string_to_array(e.contexts, ' ')) AS named (program)
),
seen_there AS (
  SELECT program, pattern_id,
    {_in_order("bands", "grade_band")} AS grade_bands,
    {_in_order("subjects", "lesson_subject")} AS lesson_subjects
  FROM of_program GROUP BY program, pattern_id
)
SELECT o.program, n.pattern_id, n.statement, n.how_many, n.pattern_about,
  n.core_element, s.grade_bands, s.lesson_subjects, n.visited_in,
  o.evidence, o.evidence_element, o.grade_band, o.lesson_subject,
  {_hashed("e", "n.pattern_id, o.evidence", "o.evidence_twin")} AS evidence_id,
  {_hashed("c", "n.visited_in, o.evidence", "o.card_twin")} AS card_id,
  {{line}}::text AS about_this_evidence
FROM of_program o
JOIN named n ON n.inner_id = o.pattern_id
JOIN seen_there s ON s.program = o.program AND s.pattern_id = o.pattern_id"""
"""What has evidence from classes of a program, with that evidence alone, once for each program."""

THEN_AND_NOW = f"""WITH {_ROUNDS},
by_name AS (
  SELECT v.round_id, v.visited_in, i.host_school_id AS school_id
  FROM readable v
  JOIN released_round r ON r.network_id = {{network}} AND r.round_id = v.round_id
  JOIN round_index i ON i.network_id = {{network}} AND i.round_id = v.round_id
  WHERE 'district' = ANY (string_to_array(r.by_name, ' '))
),
pairs AS (
  SELECT p.pattern_id, s.name AS school, f.visited_in AS then_in,
    p.statement AS then_statement, p.quantifier AS then_how_many, p.subject AS then_about,
    CASE WHEN b.round_id IS NULL THEN n.met_in ELSE b.visited_in END AS now_in,
    q.statement AS now_statement, q.quantifier AS now_how_many, q.subject AS now_about,
    nullif(n.words, '') AS now_words
  FROM by_name f
  JOIN released_now n ON n.network_id = {{network}} AND n.round_id = f.round_id
  JOIN released_pattern p ON p.network_id = {{network}} AND p.pattern_id = n.pattern_id
  JOIN released_school s ON s.network_id = {{network}} AND s.school_id = f.school_id
  LEFT JOIN by_name b ON b.round_id = n.second_round AND b.school_id = f.school_id
  LEFT JOIN released_pattern q ON q.network_id = {{network}}
    AND q.pattern_id = n.second_pattern AND q.round_id = b.round_id
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY school, then_in, then_statement
    ORDER BY pattern_id COLLATE "C") AS twin
  FROM pairs
  WHERE school <> '' AND (now_statement IS NOT NULL OR now_words IS NOT NULL)
)
SELECT school, then_in, then_statement, then_how_many, then_about, now_in, now_statement,
  now_how_many, now_about, now_words,
  {_hashed("t", "school, then_in, then_statement", "twin")} AS then_and_now_id,
  {{line}}::text AS about_this_evidence
FROM numbered"""
"""Schools with themselves, where their hosts opened that by name (then_and_now.find_pairs)."""

_MEASURES = """
current_measures AS (
  SELECT m.* FROM released_measure m
  JOIN narrowed_until u ON u.network_id = {network} AND u.rules = {rules}
  WHERE m.network_id = {network} AND NOT EXISTS (
    SELECT FROM change c WHERE c.network_id = {network} AND c.seq > u.head
      AND c.scope = 'network:' || {network} AND c.kind = ANY ({network_kinds}))
)"""
"""As a file has them; none while the log knows more of them than the tables."""

MEASURES = f"""WITH {_MEASURES}
SELECT lasting_id AS measure_id, title AS measure, nullif(about, '') AS counted_how,
  nullif(unit, '') AS unit, numbers, base AS counted_base, form AS chart_form, aim,
  days AS days_shown, held_back AS days_held_back, told AS chart_says,
  {{line}}::text AS about_this_evidence
FROM current_measures"""

MEASURE_DAYS = f"""WITH {_MEASURES}
SELECT d.day::date AS date, d.value, d.out_of, d.drawn, d.centre, d.lower, d.upper, d.aim,
  nullif(d.signal, '') AS signal, nullif(d.note, '') AS note,
  nullif(d.held_back, '') AS held_back, m.title AS measure, m.lasting_id AS measure_id,
  d.lasting_id AS measure_day_id, {{line}}::text AS about_this_evidence
FROM current_measures m
JOIN released_measure_day d ON d.network_id = {{network}} AND d.measure_id = m.measure_id"""

ROUNDS = f"""WITH {_ROUNDS}
SELECT (SELECT count(*) FROM readable)::int AS rounds_read,
  (SELECT count(*) FROM been)::int - (SELECT count(*) FROM readable)::int AS rounds_not_released,
  {{line}}::text AS about_this_evidence"""

QUERIES = {
    "evidence": EVIDENCE,
    "patterns": PATTERNS,
    "focus_questions": FOCUS_QUESTIONS,
    "next_level": NEXT_LEVEL,
    "then_and_now": THEN_AND_NOW,
    "contexts": CONTEXTS,
    "quarters": QUARTERS,
    "figures": FIGURES,
    "rounds": ROUNDS,
    "measures": MEASURES,
    "measure_days": MEASURE_DAYS,
}
"""View to its query; the codebook is made of them."""
