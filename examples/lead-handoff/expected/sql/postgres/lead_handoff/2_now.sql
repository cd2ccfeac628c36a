-- The present moment, in the one place where every view looks for it.
-- Made by Clausal from the agreement lead_handoff "Lead handoff between Marketing and Sales". Do not edit: change the agreement and build again.

-- As it stands, the database's clock. For a report that comes out the same tomorrow, put a number of seconds since
-- 1970-01-01 00:00 UTC in its place, such as 1772800200 for 2026-03-06 12:30:00 UTC, and run this file again.

CREATE OR REPLACE VIEW "lead_handoff__now" AS
SELECT CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)) AS BIGINT) AS "now_s";
