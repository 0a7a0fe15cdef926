-- Invented dossiers of two years; what is three weeks old or younger is still being worked on.

-- name: procedures and their agencies
CREATE TEMP TABLE bench_procedure ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, version_id, kind, max(position) AS last
FROM bench_step
WHERE EXISTS (SELECT 1 FROM people_agency a WHERE a.kind = bench_step.kind AND a.is_open)
GROUP BY code, version_id, kind;

-- name: agencies by kind, the biggest first
CREATE TEMP TABLE bench_agency ON COMMIT DROP AS
SELECT kind, id, unit_code, row_number() OVER (PARTITION BY kind ORDER BY md5(code)) - 1 AS n,
       count(*) OVER (PARTITION BY kind) AS among
FROM people_agency WHERE is_open;

-- name: statistics of these
ANALYZE bench_person, bench_step, bench_procedure, bench_agency;

-- name: who files what, where and when
CREATE TEMP TABLE bench_dossier ON COMMIT DROP AS
SELECT drawn.n, uuidv7(drawn.filed_at - now()) AS id, uuidv7(drawn.filed_at - now() - interval '1 hour') AS draft_id,
       procedure.code, procedure.version_id, procedure.last, person.id AS applicant_id, agency.id AS agency_id,
       agency.unit_code, drawn.filed_at, drawn.luck,
       drawn.filed_at > %(at)s - interval '21 days' AS is_open
FROM (
    SELECT n, random() AS luck, floor(random() * %(persons)s)::int AS person, random() AS which, random() AS place,
           %(at)s - interval '730 days' * (1 - n::float / %(dossiers)s) AS filed_at
    FROM generate_series(1, %(dossiers)s) AS n
) AS drawn
JOIN bench_procedure AS procedure
  ON procedure.n = floor(drawn.which * drawn.which * (SELECT count(*) FROM bench_procedure))
JOIN bench_person AS person ON person.n = drawn.person
JOIN bench_agency AS agency
  ON agency.kind = procedure.kind AND agency.n = floor(drawn.place * drawn.place * agency.among);

-- name: statistics of dossiers
ANALYZE bench_dossier;

-- name: drafts
INSERT INTO dossiers_draft (id, procedure_code, channel, answers, typed, papers, by_data, started_at, saved_at, account_id,
                            agency_id, applicant_id, receiving_agency_id, version_id)
SELECT draft_id, code, 'online', '{}', '{}', '{}', '{}', filed_at, filed_at, %(account)s,
       agency_id, applicant_id, agency_id, version_id
FROM bench_dossier;

-- name: dossiers
INSERT INTO dossiers_dossier (id, code, national_code, procedure_code, channel, status, answers, papers, by_data, filed_at, accepted_at,
                              clock_started_at, due_at, finished_at, returned_at, rating_token, search, revision,
                              agency_id, applicant_id, filed_by_id, receiving_agency_id, version_id, draft_id)
SELECT b.id, 'BENCH-' || day.digits || '-' || number.digits, '', b.code,
       CASE WHEN b.luck < 0.8 THEN 'online' ELSE 'counter' END, state.status, '{}', '{}', '{}', b.filed_at,
       CASE WHEN state.status <> 'filed' THEN b.filed_at + interval '3 hours' END,
       CASE WHEN state.status <> 'filed' THEN b.filed_at + interval '3 hours' END,
       b.filed_at + interval '1 day' * (2 + floor(b.luck * 28)),
       CASE WHEN NOT b.is_open THEN b.filed_at + interval '1 day' * (1 + b.luck * 25) END,
       CASE WHEN state.status = 'returned' THEN b.filed_at + interval '1 day' * (2 + b.luck * 25) END,
       md5(b.id::text), concat_ws(' ', 'bench-' || day.digits || '-' || number.digits, 'bench', day.digits, number.digits,
                                  person.search, person.personal_id, '@' || right(b.agency_id::text, 12)),
       1, b.agency_id, b.applicant_id, b.applicant_id, b.agency_id, b.version_id, b.draft_id
FROM bench_dossier AS b
JOIN people_person AS person ON person.id = b.applicant_id
CROSS JOIN LATERAL (SELECT to_char(b.filed_at, 'YYMMDD')) AS day (digits)
CROSS JOIN LATERAL (SELECT lpad(b.n::text, 8, '0')) AS number (digits)
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN b.is_open THEN (ARRAY['filed', 'accepted', 'in_progress', 'in_progress', 'in_progress', 'in_progress',
                                   'in_progress', 'awaiting_supplement', 'awaiting_payment', 'in_progress'])
                            [1 + floor(b.luck * 10)::int]
        WHEN b.luck < 0.95 THEN 'returned'
        ELSE (ARRAY['not_accepted', 'withdrawn', 'stopped'])[1 + floor((b.luck - 0.95) * 60)::int]
    END AS status
) AS state;

-- name: steps that are over
INSERT INTO dossiers_steprun (id, step, role, opened_at, due_at, closed_at, outcome, note, findings, agency_id, dossier_id)
SELECT uuidv7(), step.step, step.role, b.filed_at + interval '1 hour' * step.position * 20,
       b.filed_at + interval '1 hour' * (step.position * 20 + 16), b.filed_at + interval '1 hour' * (step.position + 1) * 20,
       'done', '', '{}', coalesce(other.id, b.agency_id), b.id
FROM bench_dossier AS b
JOIN bench_step AS step ON step.version_id = b.version_id
LEFT JOIN LATERAL (
    SELECT id FROM bench_agency WHERE kind = step.place AND (among = 1 OR unit_code = b.unit_code) LIMIT 1
) AS other ON true
WHERE NOT b.is_open OR step.position < floor(b.luck * b.last);

-- name: steps that are open
INSERT INTO dossiers_steprun (id, step, role, opened_at, due_at, outcome, note, findings, agency_id, dossier_id)
SELECT uuidv7(), step.step, step.role, b.filed_at + interval '1 hour' * step.position * 20,
       b.filed_at + interval '1 hour' * (step.position * 20 + 16), '', '', '{}', coalesce(other.id, b.agency_id), b.id
FROM bench_dossier AS b
JOIN bench_step AS step ON step.version_id = b.version_id AND step.position = floor(b.luck * b.last)
LEFT JOIN LATERAL (
    SELECT id FROM bench_agency WHERE kind = step.place AND (among = 1 OR unit_code = b.unit_code) LIMIT 1
) AS other ON true
WHERE b.is_open;

-- name: agencies that have a part
INSERT INTO dossiers_involvement (agency_id, dossier_id, is_open)
SELECT agency_id, id, is_open FROM bench_dossier
UNION
SELECT run.agency_id, b.id, b.is_open FROM bench_dossier AS b JOIN dossiers_steprun AS run ON run.dossier_id = b.id;

-- name: the ledger
-- Entries as facts read them: who files where, what is due, and that only what is over has a result.
INSERT INTO ledger_entry (id, at, kind, subject_kind, subject_id, actor_kind, actor_id, payload, salt)
SELECT uuidv7(), b.filed_at + interval '1 hour' * act.n * 6, said.kind,
       'dossier', b.id, 'system', 'bench',
       jsonb_build_object('dossier_id', b.id) || CASE said.kind
           WHEN 'dossier.filed' THEN jsonb_build_object(
               'agency_id', b.agency_id, 'version_id', b.version_id, 'procedure', b.code, 'channel', dossier.channel)
           WHEN 'dossier.accepted' THEN jsonb_build_object(
               'due_at', to_char(dossier.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'))
           ELSE '{}' END,
       uuid_send(gen_random_uuid())
FROM bench_dossier AS b
JOIN dossiers_dossier AS dossier ON dossier.id = b.id
CROSS JOIN generate_series(0, %(acts)s - 1) AS act (n)
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN act.n = 0 THEN 'dossier.filed'
        WHEN act.n = 1 AND dossier.accepted_at IS NOT NULL THEN 'dossier.accepted'
        WHEN act.n = 8 AND dossier.status = 'returned' THEN 'dossier.result_signed'
        WHEN act.n = 9 AND dossier.status = 'returned' THEN 'dossier.result_delivered'
        ELSE (ARRAY['dossier.step_claimed', 'dossier.step_completed', 'dossier.opinion_asked',
                    'dossier.opinion_given'])[1 + act.n %% 4]
    END AS kind
) AS said
ORDER BY b.n;
