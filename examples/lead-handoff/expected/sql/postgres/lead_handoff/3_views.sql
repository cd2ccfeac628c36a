-- The views. README.md says what each of them answers.
-- Made by Clausal from the agreement lead_handoff "Lead handoff between Marketing and Sales". Do not edit: change the agreement and build again.

BEGIN TRANSACTION;
DROP VIEW IF EXISTS "lead_handoff__data_quality_summary";
DROP VIEW IF EXISTS "lead_handoff__data_quality";
DROP VIEW IF EXISTS "lead_handoff__patterns";
DROP VIEW IF EXISTS "lead_handoff__breaches";
DROP VIEW IF EXISTS "lead_handoff__open_items";
DROP VIEW IF EXISTS "lead_handoff__response_times";
DROP VIEW IF EXISTS "lead_handoff__attainment_overall";
DROP VIEW IF EXISTS "lead_handoff__attainment_by_role";
DROP VIEW IF EXISTS "lead_handoff__attainment_by_owner";
DROP VIEW IF EXISTS "lead_handoff__attainment";
DROP VIEW IF EXISTS "lead_handoff__shares";
DROP VIEW IF EXISTS "lead_handoff__commitment_acceptance";
DROP VIEW IF EXISTS "lead_handoff__quotas";
DROP VIEW IF EXISTS "lead_handoff__commitment_mql_volume";
DROP VIEW IF EXISTS "lead_handoff__items";
DROP VIEW IF EXISTS "lead_handoff__commitment_first_touch";
DROP VIEW IF EXISTS "lead_handoff__record_lead";
DROP VIEW IF EXISTS "lead_handoff__clock";

-- The present moment, and what follows from it alone.
CREATE VIEW "lead_handoff__clock" AS
WITH "step_1" AS MATERIALIZED (  -- the present moment
  SELECT "now"."now_s" AS "now_s"
  FROM "lead_handoff__now" AS "now"
),
"step_2" AS MATERIALIZED (  -- the local day
  SELECT "p".*,
         (("p"."now_s" + COALESCE("j1"."day_offset_s", 0) + 2592000000) / 86400) - 30000 AS "today",
         (("p"."now_s" - 1 + COALESCE("j2"."day_offset_s", 0) + 2592000000) / 86400) - 30000 AS "last_day"
  FROM "step_1" AS "p"
  LEFT JOIN "lead_handoff__zone_days" AS "j1" ON "j1"."zone_no" = 1 AND "j1"."bucket" = (("p"."now_s" + 2592000000) / 34560000) AND "j1"."from_s" <= "p"."now_s" AND "p"."now_s" < "j1"."to_s"
  LEFT JOIN "lead_handoff__zone_days" AS "j2" ON "j2"."zone_no" = 1 AND "j2"."bucket" = (("p"."now_s" - 1 + 2592000000) / 34560000) AND "j2"."from_s" <= "p"."now_s" - 1 AND "p"."now_s" - 1 < "j2"."to_s"
)
SELECT MAX("p"."now_s") AS "now_s",
       MAX("p"."today") AS "today"
FROM "step_2" AS "p";
COMMENT ON VIEW "lead_handoff__clock" IS 'The present moment, and what follows from it alone.';

-- From the record lead "Lead": its data as the other views read them, and which definitions hold.
CREATE VIEW "lead_handoff__record_lead" AS
WITH "step_1" AS MATERIALIZED (  -- the data, column by column
  SELECT (NULLIF(CAST("t"."id" AS TEXT), '') COLLATE "C") AS "id",
         (NULLIF(CAST("t"."email" AS TEXT), '') COLLATE "C") AS "email",
         (NULLIF(CAST("t"."country" AS TEXT), '') COLLATE "C") AS "country",
         ROUND(CAST("t"."employees" AS NUMERIC)) AS "employees",
         ROUND(CAST("t"."score" AS NUMERIC)) AS "score",
         (NULLIF(CAST("t"."source" AS TEXT), '') COLLATE "C") AS "source",
         (NULLIF(CAST("t"."status" AS TEXT), '') COLLATE "C") AS "status",
         (NULLIF(CAST("t"."reason" AS TEXT), '') COLLATE "C") AS "reason",
         (NULLIF(CAST("t"."owner" AS TEXT), '') COLLATE "C") AS "owner",
         CAST(FLOOR(EXTRACT(EPOCH FROM "t"."created_at")) AS BIGINT) AS "created_at_s",
         CAST(FLOOR(EXTRACT(EPOCH FROM "t"."mql_at")) AS BIGINT) AS "mql_at_s",
         CAST(FLOOR(EXTRACT(EPOCH FROM "t"."touched_at")) AS BIGINT) AS "touched_at_s"
  FROM "leads" AS "t"
),
"step_2" AS MATERIALIZED (  -- which definitions hold
  SELECT "p".*,
         CASE WHEN ("p"."country" IS NOT NULL AND "p"."country" IN ('US', 'CA', 'GB')) AND ("p"."employees" IS NOT NULL AND "p"."employees" >= 50) THEN 1 ELSE 0 END AS "is_icp"
  FROM "step_1" AS "p"
  CROSS JOIN "lead_handoff__clock" AS "n"
),
"step_3" AS MATERIALIZED (  -- which definitions hold
  SELECT "p".*,
         CASE WHEN "p"."is_icp" = 1 AND ("p"."score" IS NOT NULL AND "p"."score" >= 65) THEN 1 ELSE 0 END AS "is_mql"
  FROM "step_2" AS "p"
  CROSS JOIN "lead_handoff__clock" AS "n"
)
SELECT "p"."id" AS "id",
       "p"."email" AS "email",
       "p"."country" AS "country",
       "p"."employees" AS "employees",
       "p"."score" AS "score",
       "p"."source" AS "source",
       "p"."status" AS "status",
       "p"."reason" AS "reason",
       "p"."owner" AS "owner",
       "p"."created_at_s" AS "created_at_s",
       "p"."mql_at_s" AS "mql_at_s",
       "p"."touched_at_s" AS "touched_at_s",
       "p"."is_icp" AS "is_icp",
       "p"."is_mql" AS "is_mql"
FROM "step_3" AS "p";
COMMENT ON VIEW "lead_handoff__record_lead" IS 'From the record lead "Lead": its data as the other views read them, and which definitions hold.';

-- From the commitment first_touch "First touch on every MQL":
-- sdr must contact each mql within 4 business hours of mql_at.
CREATE VIEW "lead_handoff__commitment_first_touch" AS
WITH "step_1" AS MATERIALIZED (  -- its items: when the clock started, when it was done, which limit applies
  SELECT "r"."id" AS "item",
         "r"."owner" AS "owner",
         "r"."mql_at_s" AS "start_s",
         "r"."touched_at_s" AS "done_s",
         1 AS "tier",
         0 AS "is_excused",
         CASE WHEN "r"."mql_at_s" >= 1767243600 AND "r"."mql_at_s" < 1798779600 THEN 1 ELSE 0 END AS "in_term",
         "n"."now_s" AS "now_s"
  FROM "lead_handoff__record_lead" AS "r"
  CROSS JOIN "lead_handoff__clock" AS "n"
  WHERE "r"."is_mql" = 1
),
"step_2" AS MATERIALIZED (  -- items that are timed
  SELECT "p".*,
         CASE WHEN "p"."tier" IS NOT NULL AND "p"."start_s" IS NOT NULL AND "p"."in_term" = 1 THEN "p"."start_s" ELSE CAST(NULL AS BIGINT) END AS "from_s",
         COALESCE("p"."done_s", "p"."now_s") AS "end_s"
  FROM "step_1" AS "p"
),
"step_3" AS MATERIALIZED (  -- where the start lies
  SELECT "p".*,
         CASE WHEN "p"."end_s" > "p"."from_s" THEN "p"."end_s" ELSE CAST(NULL AS BIGINT) END AS "later_end_s",
         "j1"."cum_s" + "j1"."is_open" * ("p"."from_s" - "j1"."from_s") AS "from_cum",
         "j1"."bday_base" AS "from_bday"
  FROM "step_2" AS "p"
  LEFT JOIN "lead_handoff__segments" AS "j1" ON "j1"."calendar_no" = 1 AND "j1"."utc_day" = (("p"."from_s" + 2592000000) / 86400) - 30000 AND "j1"."from_s" <= "p"."from_s" AND "p"."from_s" < "j1"."to_s"
),
"step_4" AS MATERIALIZED (  -- when the allowed time is used up: the number of it
  SELECT "p".*,
         "p"."from_cum" + 14400 AS "deadline_target_1"
  FROM "step_3" AS "p"
),
"step_5" AS MATERIALIZED (  -- when the allowed time is used up
  SELECT "p".*,
         "j1"."from_s" + ("p"."deadline_target_1" - "j1"."cum_from") AS "deadline_s"
  FROM "step_4" AS "p"
  LEFT JOIN "lead_handoff__work" AS "j1" ON "j1"."calendar_no" = 1 AND "j1"."cum_bucket" = (("p"."deadline_target_1" - 1) / 14400) AND "j1"."cum_from" < "p"."deadline_target_1" AND "p"."deadline_target_1" <= "j1"."cum_to"
),
"step_6" AS MATERIALIZED (  -- open seconds up to the end and up to the deadline
  SELECT "p".*,
         "j1"."cum_s" + "j1"."is_open" * ("p"."later_end_s" - "j1"."from_s") AS "end_cum",
         "j2"."cum_s" + "j2"."is_open" * ("p"."deadline_s" - "j2"."from_s") AS "deadline_cum"
  FROM "step_5" AS "p"
  LEFT JOIN "lead_handoff__segments" AS "j1" ON "j1"."calendar_no" = 1 AND "j1"."utc_day" = (("p"."later_end_s" + 2592000000) / 86400) - 30000 AND "j1"."from_s" <= "p"."later_end_s" AND "p"."later_end_s" < "j1"."to_s"
  LEFT JOIN "lead_handoff__segments" AS "j2" ON "j2"."calendar_no" = 1 AND "j2"."utc_day" = (("p"."deadline_s" + 2592000000) / 86400) - 30000 AND "j2"."from_s" <= "p"."deadline_s" AND "p"."deadline_s" < "j2"."to_s"
),
"step_7" AS MATERIALIZED (  -- how long it took, and by how much it was late
  SELECT "p".*,
         CASE WHEN "p"."deadline_s" IS NOT NULL THEN CASE WHEN "p"."end_s" <= "p"."from_s" THEN 0 ELSE "p"."end_cum" - "p"."from_cum" END ELSE CAST(NULL AS BIGINT) END AS "taken_s",
         CASE WHEN "p"."deadline_s" IS NOT NULL THEN CASE WHEN "p"."end_s" <= "p"."deadline_s" THEN 0 ELSE "p"."end_cum" - "p"."deadline_cum" END ELSE CAST(NULL AS BIGINT) END AS "late_s",
         CAST(NULL AS BIGINT) AS "target_taken_s"
  FROM "step_6" AS "p"
),
"step_8" AS MATERIALIZED (  -- the day that puts it into a period
  SELECT "p".*,
         (("p"."deadline_s" - 1 + COALESCE("j1"."day_offset_s", 0) + 2592000000) / 86400) - 30000 AS "counted_day"
  FROM "step_7" AS "p"
  LEFT JOIN "lead_handoff__zone_days" AS "j1" ON "j1"."zone_no" = 1 AND "j1"."bucket" = (("p"."deadline_s" - 1 + 2592000000) / 34560000) AND "j1"."from_s" <= "p"."deadline_s" - 1 AND "p"."deadline_s" - 1 < "j1"."to_s"
),
"step_9" AS MATERIALIZED (  -- a reminder: the number of its moment
  SELECT "p".*,
         "p"."deadline_cum" - 3600 AS "reminder_1_number"
  FROM "step_8" AS "p"
),
"step_10" AS MATERIALIZED (  -- a reminder, counted back from the deadline
  SELECT "p".*,
         "j1"."from_s" + ("p"."reminder_1_number" - "j1"."cum_from") AS "reminder_1_s"
  FROM "step_9" AS "p"
  LEFT JOIN "lead_handoff__work" AS "j1" ON "j1"."calendar_no" = 1 AND "j1"."cum_bucket" = ("p"."reminder_1_number" / 14400) AND "j1"."cum_from" <= "p"."reminder_1_number" AND "p"."reminder_1_number" < "j1"."cum_to"
),
"step_11" AS MATERIALIZED (  -- the verdict
  SELECT "p".*,
         CASE
           WHEN "p"."tier" IS NULL THEN 'not covered'
           WHEN "p"."start_s" IS NOT NULL AND "p"."in_term" = 0 THEN 'outside term'
           WHEN "p"."is_excused" = 1 THEN 'excused'
           WHEN "p"."start_s" IS NULL THEN 'not started'
           WHEN "p"."deadline_s" IS NULL THEN 'outside calendar'
           WHEN "p"."done_s" IS NOT NULL AND "p"."done_s" < "p"."start_s" THEN 'data error'
           WHEN "p"."late_s" IS NULL OR "p"."taken_s" IS NULL THEN 'outside calendar'
           WHEN "p"."done_s" IS NOT NULL AND "p"."late_s" > 0 THEN 'late'
           WHEN "p"."done_s" IS NOT NULL THEN 'met'
           WHEN "p"."late_s" > 0 THEN 'overdue'
           WHEN "p"."reminder_1_s" <= "p"."now_s" THEN 'at risk'
           WHEN "p"."reminder_1_s" IS NULL THEN 'outside calendar'
           ELSE 'open'
         END AS "verdict",
         "p"."reminder_1_s" AS "reminder_s"
  FROM "step_10" AS "p"
)
SELECT 'first_touch' AS "commitment",
       'sdr' AS "role",
       "p"."item" AS "item",
       "p"."owner" AS "owner",
       "p"."verdict" AS "verdict",
       (TO_TIMESTAMP("p"."start_s") AT TIME ZONE 'UTC') AS "start_utc",
       (TO_TIMESTAMP("p"."deadline_s") AT TIME ZONE 'UTC') AS "deadline_utc",
       (TO_TIMESTAMP("p"."done_s") AT TIME ZONE 'UTC') AS "done_utc",
       CASE WHEN "p"."tier" = 1 THEN '4 business hours' ELSE CAST(NULL AS TEXT) END AS "allowed",
       "p"."taken_s" AS "taken_s",
       COALESCE("p"."late_s", CASE WHEN "p"."from_s" IS NULL THEN 0 ELSE CAST(NULL AS BIGINT) END) AS "late_s",
       CASE WHEN "p"."tier" = 1 THEN 'business seconds' ELSE CAST(NULL AS TEXT) END AS "counted_as",
       "p"."tier" AS "tier",
       (TO_TIMESTAMP("p"."reminder_s") AT TIME ZONE 'UTC') AS "reminder_utc",
       "p"."start_s" AS "start_s",
       "p"."deadline_s" AS "deadline_s",
       "p"."done_s" AS "done_s",
       "p"."reminder_s" AS "reminder_s",
       "p"."counted_day" AS "counted_day",
       "p"."target_taken_s" AS "target_taken_s",
       "p"."now_s" AS "now_s",
       'must' AS "strength"
FROM "step_11" AS "p";
COMMENT ON VIEW "lead_handoff__commitment_first_touch" IS 'From the commitment first_touch "First touch on every MQL": sdr must contact each mql within 4 business hours of mql_at.';

-- How did each item come out? One row for each item of each commitment with a deadline.
CREATE VIEW "lead_handoff__items" AS
SELECT "c"."commitment" AS "commitment",
       "c"."role" AS "role",
       "c"."item" AS "item",
       "c"."owner" AS "owner",
       "c"."verdict" AS "verdict",
       "c"."start_utc" AS "start_utc",
       "c"."deadline_utc" AS "deadline_utc",
       "c"."done_utc" AS "done_utc",
       "c"."allowed" AS "allowed",
       "c"."taken_s" AS "taken_s",
       "c"."late_s" AS "late_s",
       "c"."counted_as" AS "counted_as",
       "c"."tier" AS "tier",
       "c"."reminder_utc" AS "reminder_utc",
       "c"."start_s" AS "start_s",
       "c"."deadline_s" AS "deadline_s",
       "c"."done_s" AS "done_s",
       "c"."reminder_s" AS "reminder_s",
       "c"."counted_day" AS "counted_day",
       "c"."target_taken_s" AS "target_taken_s",
       "c"."now_s" AS "now_s",
       "c"."strength" AS "strength"
FROM "lead_handoff__commitment_first_touch" AS "c";
COMMENT ON VIEW "lead_handoff__items" IS 'How did each item come out? One row for each item of each commitment with a deadline.';

-- From the commitment mql_volume "MQL volume":
-- demand_gen must deliver at least 200 mql per month, by mql_at.
CREATE VIEW "lead_handoff__commitment_mql_volume" AS
WITH "step_1" AS MATERIALIZED (  -- the items that count by now
  SELECT "r"."mql_at_s" AS "at_s",
         1000000 AS "amount_millionths"
  FROM "lead_handoff__record_lead" AS "r"
  CROSS JOIN "lead_handoff__clock" AS "n"
  WHERE "r"."is_mql" = 1 AND "r"."mql_at_s" IS NOT NULL AND "r"."mql_at_s" >= 1767243600 AND "r"."mql_at_s" < 1798779600 AND "r"."mql_at_s" <= "n"."now_s"
),
"step_2" AS MATERIALIZED (  -- the day that puts each into a period
  SELECT "p".*,
         (("p"."at_s" + COALESCE("j1"."day_offset_s", 0) + 2592000000) / 86400) - 30000 AS "at_day"
  FROM "step_1" AS "p"
  LEFT JOIN "lead_handoff__zone_days" AS "j1" ON "j1"."zone_no" = 1 AND "j1"."bucket" = (("p"."at_s" + 2592000000) / 34560000) AND "j1"."from_s" <= "p"."at_s" AND "p"."at_s" < "j1"."to_s"
),
"begun" AS MATERIALIZED (  -- the periods that have begun
  SELECT "per"."period_no" AS "period_no",
         "per"."period" AS "period",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         "n"."now_s" AS "now_s",
         "per"."last_day" AS "last_day"
  FROM "lead_handoff__periods" AS "per"
  CROSS JOIN "lead_handoff__clock" AS "n"
  WHERE "per"."kind" = 'month' AND "per"."first_day" <= "n"."today" AND "n"."today" >= 20454 AND "per"."last_day" >= 20454 AND "per"."first_day" <= 20818
),
"totals" AS MATERIALIZED (  -- what counts in each
  SELECT "per"."period_no" AS "period_no",
         "per"."period" AS "period",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         "per"."now_s" AS "now_s",
         COALESCE(SUM("c"."amount_millionths"), 0) AS "amount_millionths"
  FROM "begun" AS "per"
  LEFT JOIN "step_2" AS "c" ON "per"."first_day" <= "c"."at_day" AND "c"."at_day" <= "per"."last_day"
  GROUP BY "per"."period_no", "per"."period", "per"."first_date", "per"."last_date", "per"."first_day", "per"."end_s", "per"."now_s"
)
SELECT 'mql_volume' AS "commitment",
       'demand_gen' AS "role",
       'must' AS "strength",
       'month' AS "period_kind",
       "x"."period_no" AS "period_no",
       "x"."period" AS "period",
       "x"."first_date" AS "first_date",
       "x"."last_date" AS "last_date",
       "x"."first_day" AS "first_day",
       "x"."end_s" AS "end_s",
       'at least' AS "bound",
       TRIM_SCALE(ROUND(200000000 / 1000000.0, 6)) AS "required",
       TRIM_SCALE(ROUND("x"."amount_millionths" / 1000000.0, 6)) AS "amount",
       'items' AS "unit",
       CASE
         WHEN "x"."amount_millionths" >= 200000000 THEN 'met'
         WHEN "x"."end_s" <= "x"."now_s" THEN 'missed'
         ELSE 'open'
       END AS "outlook",
       "x"."amount_millionths" AS "amount_millionths"
FROM "totals" AS "x";
COMMENT ON VIEW "lead_handoff__commitment_mql_volume" IS 'From the commitment mql_volume "MQL volume": demand_gen must deliver at least 200 mql per month, by mql_at.';

-- How much is there of what was promised for each period, and is it enough?
CREATE VIEW "lead_handoff__quotas" AS
SELECT "c"."commitment" AS "commitment",
       "c"."role" AS "role",
       "c"."strength" AS "strength",
       "c"."period_kind" AS "period_kind",
       "c"."period_no" AS "period_no",
       "c"."period" AS "period",
       "c"."first_date" AS "first_date",
       "c"."last_date" AS "last_date",
       "c"."first_day" AS "first_day",
       "c"."end_s" AS "end_s",
       "c"."bound" AS "bound",
       "c"."required" AS "required",
       "c"."amount" AS "amount",
       "c"."unit" AS "unit",
       "c"."outlook" AS "outlook",
       "c"."amount_millionths" AS "amount_millionths"
FROM "lead_handoff__commitment_mql_volume" AS "c";
COMMENT ON VIEW "lead_handoff__quotas" IS 'How much is there of what was promised for each period, and is it enough?';

-- From the commitment acceptance "Sales acceptance":
-- sdr must accept at least 60% of mql per month, by mql_at.
CREATE VIEW "lead_handoff__commitment_acceptance" AS
WITH "step_1" AS MATERIALIZED (  -- the items that count by now
  SELECT "r"."mql_at_s" AS "at_s",
         CASE WHEN "r"."status" IS NOT NULL AND "r"."status" IN ('working', 'qualified') THEN 1 ELSE 0 END AS "is_hit"
  FROM "lead_handoff__record_lead" AS "r"
  CROSS JOIN "lead_handoff__clock" AS "n"
  WHERE "r"."is_mql" = 1 AND "r"."mql_at_s" IS NOT NULL AND "r"."mql_at_s" >= 1767243600 AND "r"."mql_at_s" < 1798779600 AND "r"."mql_at_s" <= "n"."now_s"
),
"step_2" AS MATERIALIZED (  -- the day that puts each into a period
  SELECT "p".*,
         (("p"."at_s" + COALESCE("j1"."day_offset_s", 0) + 2592000000) / 86400) - 30000 AS "at_day"
  FROM "step_1" AS "p"
  LEFT JOIN "lead_handoff__zone_days" AS "j1" ON "j1"."zone_no" = 1 AND "j1"."bucket" = (("p"."at_s" + 2592000000) / 34560000) AND "j1"."from_s" <= "p"."at_s" AND "p"."at_s" < "j1"."to_s"
),
"begun" AS MATERIALIZED (  -- the periods that have begun
  SELECT "per"."period_no" AS "period_no",
         "per"."period" AS "period",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         "n"."now_s" AS "now_s",
         "per"."last_day" AS "last_day"
  FROM "lead_handoff__periods" AS "per"
  CROSS JOIN "lead_handoff__clock" AS "n"
  WHERE "per"."kind" = 'month' AND "per"."first_day" <= "n"."today" AND "n"."today" >= 20454 AND "per"."last_day" >= 20454 AND "per"."first_day" <= 20818
),
"totals" AS MATERIALIZED (  -- what counts in each
  SELECT "per"."period_no" AS "period_no",
         "per"."period" AS "period",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         "per"."now_s" AS "now_s",
         COALESCE(SUM(CASE WHEN "c"."at_day" IS NOT NULL THEN 1 ELSE 0 END), 0) AS "items",
         COALESCE(SUM(CASE WHEN "c"."is_hit" = 1 THEN 1 ELSE 0 END), 0) AS "hits"
  FROM "begun" AS "per"
  LEFT JOIN "step_2" AS "c" ON "per"."first_day" <= "c"."at_day" AND "c"."at_day" <= "per"."last_day"
  GROUP BY "per"."period_no", "per"."period", "per"."first_date", "per"."last_date", "per"."first_day", "per"."end_s", "per"."now_s"
)
SELECT 'acceptance' AS "commitment",
       'sdr' AS "role",
       'must' AS "strength",
       'month' AS "period_kind",
       "x"."period_no" AS "period_no",
       "x"."period" AS "period",
       "x"."first_date" AS "first_date",
       "x"."last_date" AS "last_date",
       "x"."first_day" AS "first_day",
       "x"."end_s" AS "end_s",
       'at least' AS "bound",
       TRIM_SCALE(ROUND(60000000 / 1000000.0, 6)) AS "required_pct",
       "x"."items" AS "items",
       "x"."hits" AS "hits",
       ROUND("x"."hits" * 100.0 / NULLIF("x"."items", 0), 2) AS "share_pct",
       CASE
         WHEN "x"."end_s" > "x"."now_s" THEN 'open'
         WHEN "x"."items" = 0 THEN 'no items'
         WHEN "x"."hits" * 100000000 >= "x"."items" * 60000000 THEN 'met'
         ELSE 'missed'
       END AS "outlook"
FROM "totals" AS "x";
COMMENT ON VIEW "lead_handoff__commitment_acceptance" IS 'From the commitment acceptance "Sales acceptance": sdr must accept at least 60% of mql per month, by mql_at.';

-- How large a part of the items is as promised, in each period?
CREATE VIEW "lead_handoff__shares" AS
SELECT "c"."commitment" AS "commitment",
       "c"."role" AS "role",
       "c"."strength" AS "strength",
       "c"."period_kind" AS "period_kind",
       "c"."period_no" AS "period_no",
       "c"."period" AS "period",
       "c"."first_date" AS "first_date",
       "c"."last_date" AS "last_date",
       "c"."first_day" AS "first_day",
       "c"."end_s" AS "end_s",
       "c"."bound" AS "bound",
       "c"."required_pct" AS "required_pct",
       "c"."items" AS "items",
       "c"."hits" AS "hits",
       "c"."share_pct" AS "share_pct",
       "c"."outlook" AS "outlook"
FROM "lead_handoff__commitment_acceptance" AS "c";
COMMENT ON VIEW "lead_handoff__shares" IS 'How large a part of the items is as promised, in each period?';

-- How much of each commitment was met in each period, and is it on target?
CREATE VIEW "lead_handoff__attainment" AS
WITH "wanted" AS MATERIALIZED (  -- what is reported, and over which periods
  SELECT 'first_touch' AS "commitment",
         'month' AS "kind",
         '95%' AS "target",
         95000000 AS "target_millionths",
         CAST(NULL AS BIGINT) AS "target_percentile",
         CAST(NULL AS BIGINT) AS "target_limit_s"
),
"counted" AS MATERIALIZED (  -- items with the period they count in
  SELECT "i"."commitment" AS "commitment",
         "i"."role" AS "role",
         "i"."strength" AS "strength",
         "i"."owner" AS "owner",
         "i"."item" AS "item",
         "i"."verdict" AS "verdict",
         "i"."taken_s" AS "taken_s",
         "i"."target_taken_s" AS "target_taken_s",
         "i"."now_s" AS "now_s",
         CASE WHEN "i"."verdict" IN ('met', 'late', 'overdue') THEN 1 ELSE 0 END AS "is_decided",
         "w"."kind" AS "period_kind",
         "w"."target" AS "target",
         "w"."target_millionths" AS "target_millionths",
         "w"."target_percentile" AS "target_percentile",
         "w"."target_limit_s" AS "target_limit_s",
         "per"."period_no" AS "period_no",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         COALESCE("per"."period", 'outside calendar') AS "period"
  FROM "lead_handoff__items" AS "i"
  INNER JOIN "wanted" AS "w" ON "w"."commitment" = "i"."commitment"
  LEFT JOIN "lead_handoff__periods" AS "per" ON "per"."kind" = "w"."kind" AND "per"."first_day" <= "i"."counted_day" AND "i"."counted_day" <= "per"."last_day"
  WHERE "i"."counted_day" IS NOT NULL
),
"ranked" AS MATERIALIZED (  -- by how long it took, nearest rank
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."is_decided" ORDER BY "p"."target_taken_s", "p"."item") AS "rank_no",
         COUNT(*) OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."is_decided") AS "ranked"
  FROM "counted" AS "p"
),
"totals" AS MATERIALIZED (  -- how many came out how
  SELECT "p"."commitment" AS "commitment",
         "p"."role" AS "role",
         "p"."strength" AS "strength",
         "p"."period_kind" AS "period_kind",
         "p"."period" AS "period",
         "p"."period_no" AS "period_no",
         "p"."first_date" AS "first_date",
         "p"."last_date" AS "last_date",
         "p"."first_day" AS "first_day",
         "p"."end_s" AS "end_s",
         "p"."now_s" AS "now_s",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'met' THEN 1 ELSE 0 END), 0) AS "met",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'late' THEN 1 ELSE 0 END), 0) AS "late",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'overdue' THEN 1 ELSE 0 END), 0) AS "overdue",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'at risk' THEN 1 ELSE 0 END), 0) AS "at_risk",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'open' THEN 1 ELSE 0 END), 0) AS "open",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'excused' THEN 1 ELSE 0 END), 0) AS "excused",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'data error' THEN 1 ELSE 0 END), 0) AS "data_error",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'outside calendar' THEN 1 ELSE 0 END), 0) AS "outside_calendar",
         COALESCE(SUM(CASE WHEN "p"."is_decided" = 1 THEN 1 ELSE 0 END), 0) AS "decided",
         "p"."target" AS "target",
         "p"."target_millionths" AS "target_millionths",
         "p"."target_percentile" AS "target_percentile",
         "p"."target_limit_s" AS "target_limit_s",
         MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= "p"."target_percentile" * "p"."ranked" THEN "p"."target_taken_s" ELSE CAST(NULL AS BIGINT) END) AS "target_value_s"
  FROM "ranked" AS "p"
  GROUP BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."period_no", "p"."first_date", "p"."last_date", "p"."first_day", "p"."end_s", "p"."now_s", "p"."target", "p"."target_millionths", "p"."target_percentile", "p"."target_limit_s"
)
SELECT "p"."commitment" AS "commitment",
       "p"."role" AS "role",
       "p"."strength" AS "strength",
       "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       "p"."met" AS "met",
       "p"."late" AS "late",
       "p"."overdue" AS "overdue",
       ROUND("p"."met" * 100.0 / NULLIF("p"."decided", 0), 2) AS "attainment_pct",
       "p"."target" AS "target",
       CASE
         WHEN "p"."decided" = 0 OR ("p"."target_millionths" IS NULL AND ("p"."target_limit_s" IS NULL OR "p"."target_value_s" IS NULL)) THEN CAST(NULL AS TEXT)
         WHEN "p"."target_millionths" IS NOT NULL AND "p"."met" * 100000000 >= "p"."target_millionths" * "p"."decided" THEN 'yes'
         WHEN NOT ("p"."target_millionths" IS NOT NULL) AND "p"."target_value_s" < "p"."target_limit_s" THEN 'yes'
         ELSE 'no'
       END AS "on_target",
       "p"."open" AS "open",
       "p"."at_risk" AS "at_risk",
       "p"."excused" AS "excused",
       "p"."data_error" AS "data_error",
       "p"."outside_calendar" AS "outside_calendar",
       "p"."decided" AS "decided",
       CASE WHEN "p"."end_s" <= "p"."now_s" THEN 'yes' ELSE 'no' END AS "has_ended",
       "p"."period_no" AS "period_no"
FROM "totals" AS "p";
COMMENT ON VIEW "lead_handoff__attainment" IS 'How much of each commitment was met in each period, and is it on target?';

-- How much of each commitment was met by each owner of items?
CREATE VIEW "lead_handoff__attainment_by_owner" AS
WITH "wanted" AS MATERIALIZED (  -- what is reported, and over which periods
  SELECT 'first_touch' AS "commitment",
         'month' AS "kind",
         '95%' AS "target",
         95000000 AS "target_millionths",
         CAST(NULL AS BIGINT) AS "target_percentile",
         CAST(NULL AS BIGINT) AS "target_limit_s"
),
"counted" AS MATERIALIZED (  -- items with the period they count in
  SELECT "i"."commitment" AS "commitment",
         "i"."role" AS "role",
         "i"."strength" AS "strength",
         "i"."owner" AS "owner",
         "i"."item" AS "item",
         "i"."verdict" AS "verdict",
         "i"."taken_s" AS "taken_s",
         "i"."target_taken_s" AS "target_taken_s",
         "i"."now_s" AS "now_s",
         CASE WHEN "i"."verdict" IN ('met', 'late', 'overdue') THEN 1 ELSE 0 END AS "is_decided",
         "w"."kind" AS "period_kind",
         "w"."target" AS "target",
         "w"."target_millionths" AS "target_millionths",
         "w"."target_percentile" AS "target_percentile",
         "w"."target_limit_s" AS "target_limit_s",
         "per"."period_no" AS "period_no",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         COALESCE("per"."period", 'outside calendar') AS "period"
  FROM "lead_handoff__items" AS "i"
  INNER JOIN "wanted" AS "w" ON "w"."commitment" = "i"."commitment"
  LEFT JOIN "lead_handoff__periods" AS "per" ON "per"."kind" = "w"."kind" AND "per"."first_day" <= "i"."counted_day" AND "i"."counted_day" <= "per"."last_day"
  WHERE "i"."counted_day" IS NOT NULL
),
"ranked" AS MATERIALIZED (  -- by how long it took, nearest rank
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."owner", "p"."period_kind", "p"."period", "p"."is_decided" ORDER BY "p"."target_taken_s", "p"."item") AS "rank_no",
         COUNT(*) OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."owner", "p"."period_kind", "p"."period", "p"."is_decided") AS "ranked"
  FROM "counted" AS "p"
),
"totals" AS MATERIALIZED (  -- how many came out how
  SELECT "p"."commitment" AS "commitment",
         "p"."role" AS "role",
         "p"."strength" AS "strength",
         "p"."owner" AS "owner",
         "p"."period_kind" AS "period_kind",
         "p"."period" AS "period",
         "p"."period_no" AS "period_no",
         "p"."first_date" AS "first_date",
         "p"."last_date" AS "last_date",
         "p"."first_day" AS "first_day",
         "p"."end_s" AS "end_s",
         "p"."now_s" AS "now_s",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'met' THEN 1 ELSE 0 END), 0) AS "met",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'late' THEN 1 ELSE 0 END), 0) AS "late",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'overdue' THEN 1 ELSE 0 END), 0) AS "overdue",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'at risk' THEN 1 ELSE 0 END), 0) AS "at_risk",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'open' THEN 1 ELSE 0 END), 0) AS "open",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'excused' THEN 1 ELSE 0 END), 0) AS "excused",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'data error' THEN 1 ELSE 0 END), 0) AS "data_error",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'outside calendar' THEN 1 ELSE 0 END), 0) AS "outside_calendar",
         COALESCE(SUM(CASE WHEN "p"."is_decided" = 1 THEN 1 ELSE 0 END), 0) AS "decided",
         "p"."target" AS "target",
         "p"."target_millionths" AS "target_millionths",
         "p"."target_percentile" AS "target_percentile",
         "p"."target_limit_s" AS "target_limit_s",
         MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= "p"."target_percentile" * "p"."ranked" THEN "p"."target_taken_s" ELSE CAST(NULL AS BIGINT) END) AS "target_value_s"
  FROM "ranked" AS "p"
  GROUP BY "p"."commitment", "p"."role", "p"."strength", "p"."owner", "p"."period_kind", "p"."period", "p"."period_no", "p"."first_date", "p"."last_date", "p"."first_day", "p"."end_s", "p"."now_s", "p"."target", "p"."target_millionths", "p"."target_percentile", "p"."target_limit_s"
)
SELECT "p"."commitment" AS "commitment",
       "p"."role" AS "role",
       "p"."strength" AS "strength",
       "p"."owner" AS "owner",
       "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       "p"."met" AS "met",
       "p"."late" AS "late",
       "p"."overdue" AS "overdue",
       ROUND("p"."met" * 100.0 / NULLIF("p"."decided", 0), 2) AS "attainment_pct",
       "p"."target" AS "target",
       CASE
         WHEN "p"."decided" = 0 OR ("p"."target_millionths" IS NULL AND ("p"."target_limit_s" IS NULL OR "p"."target_value_s" IS NULL)) THEN CAST(NULL AS TEXT)
         WHEN "p"."target_millionths" IS NOT NULL AND "p"."met" * 100000000 >= "p"."target_millionths" * "p"."decided" THEN 'yes'
         WHEN NOT ("p"."target_millionths" IS NOT NULL) AND "p"."target_value_s" < "p"."target_limit_s" THEN 'yes'
         ELSE 'no'
       END AS "on_target",
       "p"."open" AS "open",
       "p"."at_risk" AS "at_risk",
       "p"."excused" AS "excused",
       "p"."data_error" AS "data_error",
       "p"."outside_calendar" AS "outside_calendar",
       "p"."decided" AS "decided",
       CASE WHEN "p"."end_s" <= "p"."now_s" THEN 'yes' ELSE 'no' END AS "has_ended",
       "p"."period_no" AS "period_no"
FROM "totals" AS "p";
COMMENT ON VIEW "lead_handoff__attainment_by_owner" IS 'How much of each commitment was met by each owner of items?';

-- How much of all that a role owes was met in each month?
CREATE VIEW "lead_handoff__attainment_by_role" AS
WITH "wanted" AS MATERIALIZED (  -- what is reported, and over which periods
  SELECT 'first_touch' AS "commitment",
         'month' AS "kind",
         '95%' AS "target",
         95000000 AS "target_millionths",
         CAST(NULL AS BIGINT) AS "target_percentile",
         CAST(NULL AS BIGINT) AS "target_limit_s"
),
"counted" AS MATERIALIZED (  -- items with the period they count in
  SELECT "i"."commitment" AS "commitment",
         "i"."role" AS "role",
         "i"."strength" AS "strength",
         "i"."owner" AS "owner",
         "i"."item" AS "item",
         "i"."verdict" AS "verdict",
         "i"."taken_s" AS "taken_s",
         "i"."target_taken_s" AS "target_taken_s",
         "i"."now_s" AS "now_s",
         CASE WHEN "i"."verdict" IN ('met', 'late', 'overdue') THEN 1 ELSE 0 END AS "is_decided",
         "w"."kind" AS "period_kind",
         "w"."target" AS "target",
         "w"."target_millionths" AS "target_millionths",
         "w"."target_percentile" AS "target_percentile",
         "w"."target_limit_s" AS "target_limit_s",
         "per"."period_no" AS "period_no",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         COALESCE("per"."period", 'outside calendar') AS "period"
  FROM "lead_handoff__items" AS "i"
  INNER JOIN "wanted" AS "w" ON "w"."commitment" = "i"."commitment"
  LEFT JOIN "lead_handoff__periods" AS "per" ON "per"."kind" = "w"."kind" AND "per"."first_day" <= "i"."counted_day" AND "i"."counted_day" <= "per"."last_day"
  WHERE "i"."counted_day" IS NOT NULL
),
"ranked" AS MATERIALIZED (  -- by how long it took, nearest rank
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."role", "p"."period_kind", "p"."period", "p"."is_decided" ORDER BY "p"."target_taken_s", "p"."item") AS "rank_no",
         COUNT(*) OVER (PARTITION BY "p"."role", "p"."period_kind", "p"."period", "p"."is_decided") AS "ranked"
  FROM "counted" AS "p"
),
"totals" AS MATERIALIZED (  -- how many came out how
  SELECT "p"."role" AS "role",
         "p"."period_kind" AS "period_kind",
         "p"."period" AS "period",
         "p"."period_no" AS "period_no",
         "p"."first_date" AS "first_date",
         "p"."last_date" AS "last_date",
         "p"."first_day" AS "first_day",
         "p"."end_s" AS "end_s",
         "p"."now_s" AS "now_s",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'met' THEN 1 ELSE 0 END), 0) AS "met",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'late' THEN 1 ELSE 0 END), 0) AS "late",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'overdue' THEN 1 ELSE 0 END), 0) AS "overdue",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'at risk' THEN 1 ELSE 0 END), 0) AS "at_risk",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'open' THEN 1 ELSE 0 END), 0) AS "open",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'excused' THEN 1 ELSE 0 END), 0) AS "excused",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'data error' THEN 1 ELSE 0 END), 0) AS "data_error",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'outside calendar' THEN 1 ELSE 0 END), 0) AS "outside_calendar",
         COALESCE(SUM(CASE WHEN "p"."is_decided" = 1 THEN 1 ELSE 0 END), 0) AS "decided"
  FROM "ranked" AS "p"
  GROUP BY "p"."role", "p"."period_kind", "p"."period", "p"."period_no", "p"."first_date", "p"."last_date", "p"."first_day", "p"."end_s", "p"."now_s"
)
SELECT "p"."role" AS "role",
       "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       "p"."met" AS "met",
       "p"."late" AS "late",
       "p"."overdue" AS "overdue",
       ROUND("p"."met" * 100.0 / NULLIF("p"."decided", 0), 2) AS "attainment_pct",
       "p"."open" AS "open",
       "p"."at_risk" AS "at_risk",
       "p"."excused" AS "excused",
       "p"."data_error" AS "data_error",
       "p"."outside_calendar" AS "outside_calendar",
       "p"."decided" AS "decided",
       CASE WHEN "p"."end_s" <= "p"."now_s" THEN 'yes' ELSE 'no' END AS "has_ended",
       "p"."period_no" AS "period_no"
FROM "totals" AS "p";
COMMENT ON VIEW "lead_handoff__attainment_by_role" IS 'How much of all that a role owes was met in each month?';

-- How much of the whole agreement was met in each month?
CREATE VIEW "lead_handoff__attainment_overall" AS
WITH "wanted" AS MATERIALIZED (  -- what is reported, and over which periods
  SELECT 'first_touch' AS "commitment",
         'month' AS "kind",
         '95%' AS "target",
         95000000 AS "target_millionths",
         CAST(NULL AS BIGINT) AS "target_percentile",
         CAST(NULL AS BIGINT) AS "target_limit_s"
),
"counted" AS MATERIALIZED (  -- items with the period they count in
  SELECT "i"."commitment" AS "commitment",
         "i"."role" AS "role",
         "i"."strength" AS "strength",
         "i"."owner" AS "owner",
         "i"."item" AS "item",
         "i"."verdict" AS "verdict",
         "i"."taken_s" AS "taken_s",
         "i"."target_taken_s" AS "target_taken_s",
         "i"."now_s" AS "now_s",
         CASE WHEN "i"."verdict" IN ('met', 'late', 'overdue') THEN 1 ELSE 0 END AS "is_decided",
         "w"."kind" AS "period_kind",
         "w"."target" AS "target",
         "w"."target_millionths" AS "target_millionths",
         "w"."target_percentile" AS "target_percentile",
         "w"."target_limit_s" AS "target_limit_s",
         "per"."period_no" AS "period_no",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         COALESCE("per"."period", 'outside calendar') AS "period"
  FROM "lead_handoff__items" AS "i"
  INNER JOIN "wanted" AS "w" ON "w"."commitment" = "i"."commitment"
  LEFT JOIN "lead_handoff__periods" AS "per" ON "per"."kind" = "w"."kind" AND "per"."first_day" <= "i"."counted_day" AND "i"."counted_day" <= "per"."last_day"
  WHERE "i"."counted_day" IS NOT NULL
),
"ranked" AS MATERIALIZED (  -- by how long it took, nearest rank
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."period_kind", "p"."period", "p"."is_decided" ORDER BY "p"."target_taken_s", "p"."item") AS "rank_no",
         COUNT(*) OVER (PARTITION BY "p"."period_kind", "p"."period", "p"."is_decided") AS "ranked"
  FROM "counted" AS "p"
),
"totals" AS MATERIALIZED (  -- how many came out how
  SELECT "p"."period_kind" AS "period_kind",
         "p"."period" AS "period",
         "p"."period_no" AS "period_no",
         "p"."first_date" AS "first_date",
         "p"."last_date" AS "last_date",
         "p"."first_day" AS "first_day",
         "p"."end_s" AS "end_s",
         "p"."now_s" AS "now_s",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'met' THEN 1 ELSE 0 END), 0) AS "met",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'late' THEN 1 ELSE 0 END), 0) AS "late",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'overdue' THEN 1 ELSE 0 END), 0) AS "overdue",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'at risk' THEN 1 ELSE 0 END), 0) AS "at_risk",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'open' THEN 1 ELSE 0 END), 0) AS "open",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'excused' THEN 1 ELSE 0 END), 0) AS "excused",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'data error' THEN 1 ELSE 0 END), 0) AS "data_error",
         COALESCE(SUM(CASE WHEN "p"."verdict" = 'outside calendar' THEN 1 ELSE 0 END), 0) AS "outside_calendar",
         COALESCE(SUM(CASE WHEN "p"."is_decided" = 1 THEN 1 ELSE 0 END), 0) AS "decided"
  FROM "ranked" AS "p"
  GROUP BY "p"."period_kind", "p"."period", "p"."period_no", "p"."first_date", "p"."last_date", "p"."first_day", "p"."end_s", "p"."now_s"
)
SELECT "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       "p"."met" AS "met",
       "p"."late" AS "late",
       "p"."overdue" AS "overdue",
       ROUND("p"."met" * 100.0 / NULLIF("p"."decided", 0), 2) AS "attainment_pct",
       "p"."open" AS "open",
       "p"."at_risk" AS "at_risk",
       "p"."excused" AS "excused",
       "p"."data_error" AS "data_error",
       "p"."outside_calendar" AS "outside_calendar",
       "p"."decided" AS "decided",
       CASE WHEN "p"."end_s" <= "p"."now_s" THEN 'yes' ELSE 'no' END AS "has_ended",
       "p"."period_no" AS "period_no"
FROM "totals" AS "p";
COMMENT ON VIEW "lead_handoff__attainment_overall" IS 'How much of the whole agreement was met in each month?';

-- How long does it take? Half, three quarters, 90% and 95% of the decided items took no longer than this.
CREATE VIEW "lead_handoff__response_times" AS
WITH "wanted" AS MATERIALIZED (  -- what is reported, and over which periods
  SELECT 'first_touch' AS "commitment",
         'month' AS "kind",
         '95%' AS "target",
         95000000 AS "target_millionths",
         CAST(NULL AS BIGINT) AS "target_percentile",
         CAST(NULL AS BIGINT) AS "target_limit_s"
),
"counted" AS MATERIALIZED (  -- items with the period they count in
  SELECT "i"."commitment" AS "commitment",
         "i"."role" AS "role",
         "i"."strength" AS "strength",
         "i"."owner" AS "owner",
         "i"."item" AS "item",
         "i"."verdict" AS "verdict",
         "i"."taken_s" AS "taken_s",
         "i"."target_taken_s" AS "target_taken_s",
         "i"."now_s" AS "now_s",
         CASE WHEN "i"."verdict" IN ('met', 'late', 'overdue') THEN 1 ELSE 0 END AS "is_decided",
         "w"."kind" AS "period_kind",
         "w"."target" AS "target",
         "w"."target_millionths" AS "target_millionths",
         "w"."target_percentile" AS "target_percentile",
         "w"."target_limit_s" AS "target_limit_s",
         "per"."period_no" AS "period_no",
         "per"."first_date" AS "first_date",
         "per"."last_date" AS "last_date",
         "per"."first_day" AS "first_day",
         "per"."end_s" AS "end_s",
         COALESCE("per"."period", 'outside calendar') AS "period"
  FROM "lead_handoff__items" AS "i"
  INNER JOIN "wanted" AS "w" ON "w"."commitment" = "i"."commitment"
  LEFT JOIN "lead_handoff__periods" AS "per" ON "per"."kind" = "w"."kind" AND "per"."first_day" <= "i"."counted_day" AND "i"."counted_day" <= "per"."last_day"
  WHERE "i"."counted_day" IS NOT NULL
),
"ranked" AS MATERIALIZED (  -- by how long it took, nearest rank
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."is_decided" ORDER BY "p"."taken_s", "p"."item") AS "rank_no",
         COUNT(*) OVER (PARTITION BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."is_decided") AS "ranked"
  FROM "counted" AS "p"
)
SELECT "p"."commitment" AS "commitment",
       "p"."role" AS "role",
       "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       COUNT(*) AS "decided",
       MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= 50 * "p"."ranked" THEN "p"."taken_s" ELSE CAST(NULL AS BIGINT) END) AS "p50_s",
       MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= 75 * "p"."ranked" THEN "p"."taken_s" ELSE CAST(NULL AS BIGINT) END) AS "p75_s",
       MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= 90 * "p"."ranked" THEN "p"."taken_s" ELSE CAST(NULL AS BIGINT) END) AS "p90_s",
       MIN(CASE WHEN "p"."is_decided" = 1 AND "p"."rank_no" * 100 >= 95 * "p"."ranked" THEN "p"."taken_s" ELSE CAST(NULL AS BIGINT) END) AS "p95_s",
       MAX("p"."taken_s") AS "slowest_s",
       "p"."period_no" AS "period_no"
FROM "ranked" AS "p"
WHERE "p"."is_decided" = 1
GROUP BY "p"."commitment", "p"."role", "p"."strength", "p"."period_kind", "p"."period", "p"."first_date", "p"."last_date", "p"."period_no";
COMMENT ON VIEW "lead_handoff__response_times" IS 'How long does it take? Half, three quarters, 90% and 95% of the decided items took no longer than this.';

-- What is open, when is it due, and when is somebody reminded?
CREATE VIEW "lead_handoff__open_items" AS
SELECT "i"."commitment" AS "commitment",
       "i"."role" AS "role",
       "i"."strength" AS "strength",
       "i"."item" AS "item",
       "i"."owner" AS "owner",
       "i"."verdict" AS "verdict",
       "i"."start_utc" AS "start_utc",
       "i"."deadline_utc" AS "deadline_utc",
       "i"."reminder_utc" AS "reminder_utc",
       "i"."allowed" AS "allowed",
       "i"."deadline_s" - "i"."now_s" AS "seconds_left",
       "i"."deadline_s" AS "deadline_s",
       "i"."reminder_s" AS "reminder_s"
FROM "lead_handoff__items" AS "i"
WHERE "i"."verdict" IN ('open', 'at risk');
COMMENT ON VIEW "lead_handoff__open_items" IS 'What is open, when is it due, and when is somebody reminded?';

-- What was late, is overdue, or was forbidden?
CREATE VIEW "lead_handoff__breaches" AS
SELECT "i"."commitment" AS "commitment",
       "i"."role" AS "role",
       "i"."strength" AS "strength",
       "i"."item" AS "item",
       "i"."owner" AS "owner",
       "i"."verdict" AS "what",
       "i"."deadline_utc" AS "deadline_utc",
       "i"."done_utc" AS "done_utc",
       "i"."late_s" AS "late_s",
       "i"."counted_as" AS "counted_as",
       CAST(NULL AS TEXT) AS "missing"
FROM "lead_handoff__items" AS "i"
WHERE "i"."verdict" IN ('late', 'overdue');
COMMENT ON VIEW "lead_handoff__breaches" IS 'What was late, is overdue, or was forbidden?';

-- Which patterns that set off a contingency show, and in which period?
CREATE VIEW "lead_handoff__patterns" AS
WITH "low_1" AS MATERIALIZED (  -- ended periods below the share
  SELECT "i"."period_kind" AS "period_kind",
         "i"."period" AS "period",
         "i"."first_date" AS "first_date",
         "i"."last_date" AS "last_date",
         "i"."period_no" AS "period_no",
         ROW_NUMBER() OVER (PARTITION BY "i"."commitment" ORDER BY "i"."period_no") AS "number_among_low"
  FROM "lead_handoff__attainment" AS "i"
  WHERE "i"."commitment" = 'first_touch' AND "i"."period_kind" = 'month' AND "i"."decided" > 0 AND "i"."met" * 100000000 < 85000000 * "i"."decided" AND "i"."has_ended" = 'yes' AND "i"."period_no" IS NOT NULL
),
"low_1_runs" AS MATERIALIZED (  -- which of them lie in a row
  SELECT "p".*,
         "p"."period_no" - "p"."number_among_low" AS "run"
  FROM "low_1" AS "p"
),
"rows_1" AS MATERIALIZED (  -- how many in a row up to each
  SELECT "p".*,
         ROW_NUMBER() OVER (PARTITION BY "p"."run" ORDER BY "p"."period_no") AS "in_a_row"
  FROM "low_1_runs" AS "p"
)
SELECT 'slump' AS "contingency",
       'first_touch' AS "commitment",
       'below 85% for 2 consecutive months' AS "pattern",
       "p"."period_kind" AS "period_kind",
       "p"."period" AS "period",
       "p"."first_date" AS "first_date",
       "p"."last_date" AS "last_date",
       CAST(NULL AS TEXT) AS "owner",
       "p"."in_a_row" AS "count"
FROM "rows_1" AS "p"
WHERE "p"."in_a_row" >= 2;
COMMENT ON VIEW "lead_handoff__patterns" IS 'Which patterns that set off a contingency show, and in which period?';

-- What in the data, or in these tables, would make an answer wrong? Best empty.
CREATE VIEW "lead_handoff__data_quality" AS
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'id' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."id" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'email' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."email" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'country' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."country" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'score' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."score" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'source' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."source" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       (NULLIF(CAST("t"."id" AS TEXT), '') COLLATE "C") AS "item",
       'value that the agreement does not know' AS "problem",
       ('source: ' || (NULLIF(CAST("t"."source" AS TEXT), '') COLLATE "C")) AS "detail"
FROM "leads" AS "t"
WHERE (NULLIF(CAST("t"."source" AS TEXT), '') COLLATE "C") IS NOT NULL AND NOT ((NULLIF(CAST("t"."source" AS TEXT), '') COLLATE "C") IN ('web', 'event', 'partner', 'outbound'))
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'status' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."status" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       (NULLIF(CAST("t"."id" AS TEXT), '') COLLATE "C") AS "item",
       'value that the agreement does not know' AS "problem",
       ('status: ' || (NULLIF(CAST("t"."status" AS TEXT), '') COLLATE "C")) AS "detail"
FROM "leads" AS "t"
WHERE (NULLIF(CAST("t"."status" AS TEXT), '') COLLATE "C") IS NOT NULL AND NOT ((NULLIF(CAST("t"."status" AS TEXT), '') COLLATE "C") IN ('new', 'mql', 'working', 'qualified', 'recycled', 'disqualified'))
UNION ALL
SELECT 'lead' AS "about",
       (NULLIF(CAST("t"."id" AS TEXT), '') COLLATE "C") AS "item",
       'value that the agreement does not know' AS "problem",
       ('reason: ' || (NULLIF(CAST("t"."reason" AS TEXT), '') COLLATE "C")) AS "detail"
FROM "leads" AS "t"
WHERE (NULLIF(CAST("t"."reason" AS TEXT), '') COLLATE "C") IS NOT NULL AND NOT ((NULLIF(CAST("t"."reason" AS TEXT), '') COLLATE "C") IN ('no_budget', 'no_need', 'bad_data', 'competitor', 'timing'))
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'required field is blank' AS "problem",
       'created_at' AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."created_at_s" IS NULL
UNION ALL
SELECT 'lead' AS "about",
       "r"."id" AS "item",
       'key occurs more than once' AS "problem",
       CAST(NULL AS TEXT) AS "detail"
FROM "lead_handoff__record_lead" AS "r"
WHERE "r"."id" IS NOT NULL
GROUP BY "r"."id"
HAVING COUNT(*) > 1
UNION ALL
SELECT "i"."commitment" AS "about",
       "i"."item" AS "item",
       'done before the clock started' AS "problem",
       CAST(NULL AS TEXT) AS "detail"
FROM "lead_handoff__items" AS "i"
WHERE "i"."verdict" = 'data error'
UNION ALL
SELECT "i"."commitment" AS "about",
       "i"."item" AS "item",
       'a moment lies outside the opening hours that are laid out: build the queries again' AS "problem",
       CAST(NULL AS TEXT) AS "detail"
FROM "lead_handoff__items" AS "i"
WHERE "i"."verdict" = 'outside calendar'
UNION ALL
SELECT 'now' AS "about",
       CAST(NULL AS TEXT) AS "item",
       'the opening hours that are laid out do not reach to the present moment: build the queries again' AS "problem",
       'us_office' AS "detail"
FROM "lead_handoff__clock" AS "n"
WHERE "n"."now_s" < 1764565200 OR "n"."now_s" >= 1830747600
UNION ALL
SELECT 'now' AS "about",
       CAST(NULL AS TEXT) AS "item",
       'the periods that are laid out do not reach to the present day: build the queries again' AS "problem",
       'periods' AS "detail"
FROM "lead_handoff__clock" AS "n"
WHERE "n"."today" < 20423 OR "n"."today" > 21188
UNION ALL
SELECT 'mql_volume' AS "about",
       "r"."id" AS "item",
       'lies in no month that is laid out: build the queries again' AS "problem",
       CAST(NULL AS TEXT) AS "detail"
FROM "lead_handoff__record_lead" AS "r"
CROSS JOIN "lead_handoff__clock" AS "n"
WHERE "r"."is_mql" = 1 AND "r"."mql_at_s" IS NOT NULL AND "r"."mql_at_s" >= 1767243600 AND "r"."mql_at_s" < 1798779600 AND "r"."mql_at_s" <= "n"."now_s" AND ("r"."mql_at_s" < 1764565200 OR "r"."mql_at_s" >= 1830747600)
UNION ALL
SELECT 'acceptance' AS "about",
       "r"."id" AS "item",
       'lies in no month that is laid out: build the queries again' AS "problem",
       CAST(NULL AS TEXT) AS "detail"
FROM "lead_handoff__record_lead" AS "r"
CROSS JOIN "lead_handoff__clock" AS "n"
WHERE "r"."is_mql" = 1 AND "r"."mql_at_s" IS NOT NULL AND "r"."mql_at_s" >= 1767243600 AND "r"."mql_at_s" < 1798779600 AND "r"."mql_at_s" <= "n"."now_s" AND ("r"."mql_at_s" < 1764565200 OR "r"."mql_at_s" >= 1830747600);
COMMENT ON VIEW "lead_handoff__data_quality" IS 'What in the data, or in these tables, would make an answer wrong? Best empty.';

-- How many rows of each kind are in it?
CREATE VIEW "lead_handoff__data_quality_summary" AS
SELECT "i"."about" AS "about",
       "i"."problem" AS "problem",
       COUNT(*) AS "rows",
       MIN("i"."item") AS "for_example"
FROM "lead_handoff__data_quality" AS "i"
GROUP BY "i"."about", "i"."problem";
COMMENT ON VIEW "lead_handoff__data_quality_summary" IS 'How many rows of each kind are in it?';
COMMIT;
