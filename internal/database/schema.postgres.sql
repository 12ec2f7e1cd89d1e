-- Written by go test ./internal/database -run TestSchemaDumps -update; change a migration instead.

CREATE TABLE audit_entry (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    object text NOT NULL,
    challenge text NOT NULL,
    state_before text NOT NULL,
    state_after text NOT NULL,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (seq)
);
CREATE INDEX audit_entry_challenge_seq ON public.audit_entry USING btree (challenge, seq);
CREATE INDEX audit_entry_object_seq ON public.audit_entry USING btree (object, seq);

CREATE TABLE audit_hash (
    idx bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_hash_pkey PRIMARY KEY (idx)
);

CREATE TABLE audit_head (
    id bigint NOT NULL,
    size bigint NOT NULL,
    CONSTRAINT audit_head_pkey PRIMARY KEY (id),
    CONSTRAINT audit_head_id_check CHECK ((id = 1))
);

CREATE TABLE calendar_day (
    day text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    source text NOT NULL,
    changed_by text NOT NULL,
    changed_at bigint NOT NULL,
    unconfirmed boolean NOT NULL DEFAULT false,
    CONSTRAINT calendar_day_pkey PRIMARY KEY (day)
);

CREATE TABLE calendar_version (
    name text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT calendar_version_pkey PRIMARY KEY (name)
);

CREATE TABLE campaign (
    id text NOT NULL,
    challenge_id text NOT NULL,
    owner_id text NOT NULL,
    message text NOT NULL,
    facts text NOT NULL,
    contact text NOT NULL,
    phone text NOT NULL,
    hashtags text NOT NULL,
    first_day text NOT NULL,
    last_day text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL,
    removed_at bigint,
    priority text NOT NULL DEFAULT 'thuong'::text,
    removed_by text NOT NULL DEFAULT ''::text,
    removal_reason text NOT NULL DEFAULT ''::text,
    CONSTRAINT campaign_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_challenge_id_owner_id_key UNIQUE (challenge_id, owner_id),
    CONSTRAINT campaign_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT campaign_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES unit(id)
);

CREATE TABLE campaign_article (
    campaign_id text NOT NULL,
    unit_id text NOT NULL,
    published_by text NOT NULL,
    published_at bigint NOT NULL,
    CONSTRAINT campaign_article_pkey PRIMARY KEY (campaign_id, unit_id),
    CONSTRAINT campaign_article_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT campaign_article_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE campaign_text (
    campaign_id text NOT NULL,
    unit_id text NOT NULL,
    product text NOT NULL,
    parts text NOT NULL,
    version bigint NOT NULL,
    edited_by text NOT NULL,
    edited_at bigint NOT NULL,
    CONSTRAINT campaign_text_pkey PRIMARY KEY (campaign_id, unit_id, product),
    CONSTRAINT campaign_text_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT campaign_text_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE cascade_seq (
    letter_id text NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT cascade_seq_pkey PRIMARY KEY (letter_id),
    CONSTRAINT cascade_seq_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE challenge (
    id text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    organiser_id text NOT NULL,
    area_id text NOT NULL,
    box text NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    registration_from bigint NOT NULL,
    registration_until bigint NOT NULL,
    reporting_until bigint NOT NULL,
    zone text NOT NULL,
    state text NOT NULL,
    divisions text NOT NULL,
    parameters text NOT NULL,
    rules bigint NOT NULL,
    scheme bigint NOT NULL,
    seed_commitment text NOT NULL,
    seed text NOT NULL,
    synthetic boolean NOT NULL,
    announced_at bigint,
    judging_at bigint,
    published_at bigint,
    archived_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT challenge_pkey PRIMARY KEY (id),
    CONSTRAINT challenge_slug_key UNIQUE (slug),
    CONSTRAINT challenge_area_id_fkey FOREIGN KEY (area_id) REFERENCES unit(id),
    CONSTRAINT challenge_organiser_id_fkey FOREIGN KEY (organiser_id) REFERENCES unit(id)
);
CREATE INDEX challenge_state ON public.challenge USING btree (state);

CREATE TABLE challenge_document (
    id text NOT NULL,
    challenge_id text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    symbol text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT challenge_document_pkey PRIMARY KEY (id),
    CONSTRAINT challenge_document_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id)
);
CREATE INDEX challenge_document_challenge_id ON public.challenge_document USING btree (challenge_id, created_at, id);

CREATE TABLE challenge_rules (
    challenge_id text NOT NULL,
    number bigint NOT NULL,
    text text NOT NULL,
    since bigint NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT challenge_rules_pkey PRIMARY KEY (challenge_id, number),
    CONSTRAINT challenge_rules_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id)
);

CREATE TABLE challenge_scheme (
    challenge_id text NOT NULL,
    number bigint NOT NULL,
    document text NOT NULL,
    since bigint NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT challenge_scheme_pkey PRIMARY KEY (challenge_id, number),
    CONSTRAINT challenge_scheme_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id)
);

CREATE TABLE cleanup (
    id text NOT NULL,
    challenge_id text NOT NULL,
    entrant_id text NOT NULL,
    unit_id text NOT NULL,
    place text NOT NULL,
    description text NOT NULL,
    lat double precision,
    lon double precision,
    cell bigint,
    expected bigint NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    announced_at bigint,
    reported_at bigint,
    cancelled_at bigint,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT cleanup_pkey PRIMARY KEY (id),
    CONSTRAINT cleanup_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT cleanup_entrant_id_fkey FOREIGN KEY (entrant_id) REFERENCES entrant(id),
    CONSTRAINT cleanup_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX cleanup_challenge_id_cell ON public.cleanup USING btree (challenge_id, cell);
CREATE INDEX cleanup_challenge_id_starts_at ON public.cleanup USING btree (challenge_id, starts_at, id);
CREATE INDEX cleanup_challenge_id_unit_id ON public.cleanup USING btree (challenge_id, unit_id, starts_at, id);
CREATE INDEX cleanup_entrant_id_starts_at ON public.cleanup USING btree (entrant_id, starts_at);

CREATE TABLE cleanup_agenda (
    entrant_id text NOT NULL,
    changes bigint NOT NULL,
    CONSTRAINT cleanup_agenda_pkey PRIMARY KEY (entrant_id),
    CONSTRAINT cleanup_agenda_entrant_id_fkey FOREIGN KEY (entrant_id) REFERENCES entrant(id)
);

CREATE TABLE cleanup_attendance (
    cleanup_id text NOT NULL,
    kind text NOT NULL,
    head_count bigint NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT cleanup_attendance_pkey PRIMARY KEY (cleanup_id),
    CONSTRAINT cleanup_attendance_cleanup_id_fkey FOREIGN KEY (cleanup_id) REFERENCES cleanup(id)
);

CREATE TABLE cleanup_attendee (
    cleanup_id text NOT NULL,
    "position" bigint NOT NULL,
    name text NOT NULL,
    guardian text NOT NULL,
    CONSTRAINT cleanup_attendee_pkey PRIMARY KEY (cleanup_id, "position"),
    CONSTRAINT cleanup_attendee_cleanup_id_fkey FOREIGN KEY (cleanup_id) REFERENCES cleanup(id)
);

CREATE TABLE dispatch (
    id text NOT NULL,
    letter_id text NOT NULL,
    parent_id text,
    sender_id text,
    receiver_id text NOT NULL,
    state text NOT NULL,
    words text NOT NULL,
    due_at bigint,
    sent_by text NOT NULL,
    sent_at bigint NOT NULL,
    arrived_at bigint,
    received_at bigint,
    arrival_year bigint NOT NULL,
    arrival_number bigint NOT NULL,
    presented_at bigint,
    assigned_at bigint,
    lead text NOT NULL,
    cooperators text NOT NULL,
    instruction text NOT NULL,
    deadline bigint,
    started_at bigint,
    ended_at bigint,
    outcome text NOT NULL,
    version bigint NOT NULL,
    updated_at bigint NOT NULL,
    under_id text,
    receipt_at bigint,
    asked text NOT NULL DEFAULT ''::text,
    asked_kind text NOT NULL DEFAULT ''::text,
    replaced_by text NOT NULL DEFAULT ''::text,
    seq bigint NOT NULL DEFAULT 1,
    again_id text NOT NULL DEFAULT ''::text,
    outside boolean NOT NULL DEFAULT false,
    objected_at bigint,
    lead_id text NOT NULL DEFAULT ''::text,
    grace_until bigint,
    CONSTRAINT dispatch_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT dispatch_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES dispatch(id),
    CONSTRAINT dispatch_receiver_id_fkey FOREIGN KEY (receiver_id) REFERENCES unit(id),
    CONSTRAINT dispatch_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES unit(id),
    CONSTRAINT dispatch_under_id_fkey FOREIGN KEY (under_id) REFERENCES letter(id)
);
CREATE INDEX dispatch_letter_id ON public.dispatch USING btree (letter_id, seq);
CREATE INDEX dispatch_paper_receiver_id ON public.dispatch USING btree (COALESCE(under_id, letter_id), receiver_id);
CREATE INDEX dispatch_parent_id ON public.dispatch USING btree (parent_id);
CREATE INDEX dispatch_receiver_id ON public.dispatch USING btree (receiver_id, sent_at);
CREATE INDEX dispatch_sender_id ON public.dispatch USING btree (sender_id, receipt_at);
CREATE INDEX dispatch_sender_id_objected ON public.dispatch USING btree (sender_id) WHERE (objected_at IS NOT NULL);
CREATE UNIQUE INDEX dispatch_once ON public.dispatch USING btree (letter_id, receiver_id) WHERE (again_id = ''::text);

CREATE TABLE dispatch_change (
    change_id text NOT NULL,
    dispatch_id text NOT NULL,
    state text NOT NULL,
    answer text NOT NULL,
    answered_by text NOT NULL,
    answered_at bigint,
    CONSTRAINT dispatch_change_pkey PRIMARY KEY (change_id, dispatch_id),
    CONSTRAINT dispatch_change_change_id_fkey FOREIGN KEY (change_id) REFERENCES letter_change(id),
    CONSTRAINT dispatch_change_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX dispatch_change_dispatch_id ON public.dispatch_change USING btree (dispatch_id);

CREATE TABLE dispatch_duty (
    dispatch_id text NOT NULL,
    number bigint NOT NULL,
    text text NOT NULL,
    channels text NOT NULL,
    done_at bigint,
    done_by text NOT NULL,
    note text NOT NULL,
    from_number bigint NOT NULL DEFAULT 0,
    deadline bigint,
    quota bigint NOT NULL DEFAULT 0,
    terms text NOT NULL DEFAULT '{}'::text,
    CONSTRAINT dispatch_duty_pkey PRIMARY KEY (dispatch_id, number),
    CONSTRAINT dispatch_duty_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);

CREATE TABLE dispatch_reopening (
    id text NOT NULL,
    dispatch_id text NOT NULL,
    completed_at bigint NOT NULL,
    outcome text NOT NULL,
    at bigint NOT NULL,
    by_id text NOT NULL,
    duty_number bigint NOT NULL,
    given boolean NOT NULL,
    reason text NOT NULL,
    CONSTRAINT dispatch_reopening_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_reopening_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX dispatch_reopening_dispatch_id ON public.dispatch_reopening USING btree (dispatch_id, at);

CREATE TABLE duty_file (
    id text NOT NULL,
    dispatch_id text NOT NULL,
    duty_number bigint NOT NULL,
    part_id text NOT NULL,
    tick_id text NOT NULL,
    file_key text NOT NULL,
    file_name text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT duty_file_pkey PRIMARY KEY (id),
    CONSTRAINT duty_file_dispatch_id_duty_number_part_id_tick_id_file_key_key UNIQUE (dispatch_id, duty_number, part_id, tick_id, file_key),
    CONSTRAINT duty_file_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);

CREATE TABLE duty_part (
    id text NOT NULL,
    dispatch_id text NOT NULL,
    duty_number bigint NOT NULL,
    person_id text NOT NULL,
    name text NOT NULL,
    leads boolean NOT NULL,
    text text NOT NULL,
    deadline bigint,
    quota bigint NOT NULL,
    done_at bigint,
    done_by text NOT NULL,
    note text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT duty_part_pkey PRIMARY KEY (id),
    CONSTRAINT duty_part_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX duty_part_dispatch_id ON public.duty_part USING btree (dispatch_id, duty_number);
CREATE INDEX duty_part_person_id ON public.duty_part USING btree (person_id, done_at);

CREATE TABLE duty_tick (
    id text NOT NULL,
    dispatch_id text NOT NULL,
    duty_number bigint NOT NULL,
    part_id text NOT NULL,
    period text NOT NULL,
    count bigint NOT NULL,
    at bigint NOT NULL,
    note text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT duty_tick_pkey PRIMARY KEY (id),
    CONSTRAINT duty_tick_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX duty_tick_dispatch_id ON public.duty_tick USING btree (dispatch_id, duty_number);

CREATE TABLE entrant (
    id text NOT NULL,
    challenge_id text NOT NULL,
    number bigint NOT NULL,
    division text NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    unit_id text NOT NULL,
    representative_id text NOT NULL,
    assisted boolean NOT NULL,
    members bigint NOT NULL,
    name_hidden boolean NOT NULL,
    duplicate_of text NOT NULL,
    rules bigint NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT entrant_pkey PRIMARY KEY (id),
    CONSTRAINT entrant_challenge_id_number_key UNIQUE (challenge_id, number),
    CONSTRAINT entrant_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT entrant_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX entrant_challenge_id_folded_unit_id ON public.entrant USING btree (challenge_id, folded, unit_id);
CREATE INDEX entrant_challenge_id_state ON public.entrant USING btree (challenge_id, state, number);
CREATE INDEX entrant_representative_id ON public.entrant USING btree (representative_id);

CREATE TABLE entrant_consent (
    entrant_id text NOT NULL,
    purpose text NOT NULL,
    giver text NOT NULL,
    rules bigint NOT NULL,
    given_at bigint NOT NULL,
    CONSTRAINT entrant_consent_pkey PRIMARY KEY (entrant_id, purpose, giver),
    CONSTRAINT entrant_consent_entrant_id_fkey FOREIGN KEY (entrant_id) REFERENCES entrant(id)
);

CREATE TABLE entrant_contact (
    entrant_id text NOT NULL,
    full_name text NOT NULL,
    birth_date text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    lang text NOT NULL,
    guardian_name text NOT NULL,
    guardian_phone text NOT NULL,
    CONSTRAINT entrant_contact_pkey PRIMARY KEY (entrant_id),
    CONSTRAINT entrant_contact_entrant_id_fkey FOREIGN KEY (entrant_id) REFERENCES entrant(id)
);

CREATE TABLE entrant_number (
    challenge_id text NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT entrant_number_pkey PRIMARY KEY (challenge_id),
    CONSTRAINT entrant_number_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id)
);

CREATE TABLE exchange_code (
    organ_code text NOT NULL,
    unit_id text NOT NULL,
    partner text NOT NULL,
    main boolean NOT NULL,
    updated_at bigint NOT NULL,
    updated_by text NOT NULL,
    CONSTRAINT exchange_code_pkey PRIMARY KEY (organ_code),
    CONSTRAINT exchange_code_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX exchange_code_unit_id ON public.exchange_code USING btree (unit_id);

CREATE TABLE exchange_message (
    id text NOT NULL,
    direction text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    partner text NOT NULL,
    business text NOT NULL,
    status text NOT NULL,
    document_id text NOT NULL,
    about text NOT NULL,
    symbol text NOT NULL,
    subject text NOT NULL,
    from_organ text NOT NULL,
    from_name text NOT NULL,
    unit_id text NOT NULL,
    letter_id text NOT NULL,
    words text NOT NULL,
    issued_at bigint,
    file_key text NOT NULL,
    file_size bigint NOT NULL,
    dedup text NOT NULL,
    remote text NOT NULL,
    tries bigint NOT NULL,
    error_key text NOT NULL,
    error_args text NOT NULL,
    code bigint NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT exchange_message_pkey PRIMARY KEY (id),
    CONSTRAINT exchange_message_dedup_key UNIQUE (dedup)
);
CREATE INDEX exchange_message_document_id ON public.exchange_message USING btree (document_id);
CREATE INDEX exchange_message_letter_id ON public.exchange_message USING btree (letter_id);
CREATE INDEX exchange_message_state ON public.exchange_message USING btree (state, created_at);
CREATE INDEX exchange_message_unit_id ON public.exchange_message USING btree (unit_id, created_at);

CREATE TABLE exchange_part (
    message_id text NOT NULL,
    number bigint NOT NULL,
    organ_code text NOT NULL,
    organ_name text NOT NULL,
    unit_id text NOT NULL,
    dispatch_id text NOT NULL,
    CONSTRAINT exchange_part_pkey PRIMARY KEY (message_id, number),
    CONSTRAINT exchange_part_message_id_fkey FOREIGN KEY (message_id) REFERENCES exchange_message(id)
);
CREATE INDEX exchange_part_dispatch_id ON public.exchange_part USING btree (dispatch_id);
CREATE INDEX exchange_part_unit_id ON public.exchange_part USING btree (unit_id);

CREATE TABLE exchange_report (
    message_id text NOT NULL,
    dispatch_id text NOT NULL,
    status text NOT NULL,
    at bigint NOT NULL,
    words text NOT NULL,
    CONSTRAINT exchange_report_pkey PRIMARY KEY (message_id, dispatch_id),
    CONSTRAINT exchange_report_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id),
    CONSTRAINT exchange_report_message_id_fkey FOREIGN KEY (message_id) REFERENCES exchange_message(id)
);
CREATE INDEX exchange_report_dispatch_id ON public.exchange_report USING btree (dispatch_id, at);

CREATE TABLE exchange_told (
    message_id text NOT NULL,
    about_id text NOT NULL,
    status text NOT NULL,
    at bigint NOT NULL,
    words text NOT NULL,
    CONSTRAINT exchange_told_pkey PRIMARY KEY (message_id, about_id),
    CONSTRAINT exchange_told_about_id_fkey FOREIGN KEY (about_id) REFERENCES exchange_message(id),
    CONSTRAINT exchange_told_message_id_fkey FOREIGN KEY (message_id) REFERENCES exchange_message(id)
);
CREATE INDEX exchange_told_about_id ON public.exchange_told USING btree (about_id, at);

CREATE TABLE exchange_unit (
    unit_id text NOT NULL,
    organ_code text NOT NULL,
    partner text NOT NULL,
    updated_at bigint NOT NULL,
    updated_by text NOT NULL,
    CONSTRAINT exchange_unit_pkey PRIMARY KEY (unit_id),
    CONSTRAINT exchange_unit_organ_code_key UNIQUE (organ_code),
    CONSTRAINT exchange_unit_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE job_period (
    name text NOT NULL,
    next_at bigint NOT NULL,
    CONSTRAINT job_period_pkey PRIMARY KEY (name)
);

CREATE TABLE letter (
    id text NOT NULL,
    issuer_id text NOT NULL,
    state text NOT NULL,
    year bigint,
    number_key text NOT NULL,
    symbol text NOT NULL,
    issued_on text NOT NULL,
    subject text NOT NULL,
    source text NOT NULL,
    file_key text NOT NULL,
    file_name text NOT NULL,
    reading text NOT NULL,
    fields text NOT NULL,
    challenge_id text,
    version bigint NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    registered_by text NOT NULL,
    registered_at bigint,
    document text,
    answers_id text,
    folded text NOT NULL DEFAULT ''::text,
    number_order bigint NOT NULL DEFAULT 0,
    public boolean NOT NULL DEFAULT false,
    type text NOT NULL DEFAULT ''::text,
    series text NOT NULL DEFAULT ''::text,
    term bigint,
    CONSTRAINT letter_pkey PRIMARY KEY (id),
    CONSTRAINT letter_issuer_id_year_number_key_key UNIQUE (issuer_id, year, number_key),
    CONSTRAINT letter_answers_id_fkey FOREIGN KEY (answers_id) REFERENCES letter(id),
    CONSTRAINT letter_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT letter_issuer_id_fkey FOREIGN KEY (issuer_id) REFERENCES unit(id)
);
CREATE INDEX letter_answers_id ON public.letter USING btree (answers_id);
CREATE INDEX letter_challenge_id ON public.letter USING btree (challenge_id);
CREATE INDEX letter_issued_on ON public.letter USING btree (issuer_id, issued_on);
CREATE INDEX letter_issuer_id ON public.letter USING btree (issuer_id, created_at);
CREATE INDEX letter_state ON public.letter USING btree (issuer_id, state, updated_at);
CREATE INDEX letter_symbol ON public.letter USING btree (symbol, issued_on);
CREATE UNIQUE INDEX letter_number ON public.letter USING btree (issuer_id, series, term, number_key);

CREATE TABLE letter_alias (
    issuer_id text NOT NULL,
    text_key text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    text text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT letter_alias_pkey PRIMARY KEY (issuer_id, text_key, kind, code),
    CONSTRAINT letter_alias_issuer_id_fkey FOREIGN KEY (issuer_id) REFERENCES unit(id)
);

CREATE TABLE letter_arrival (
    unit_id text NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    letter_id text NOT NULL,
    arrived_at bigint NOT NULL,
    file text NOT NULL DEFAULT ''::text,
    CONSTRAINT letter_arrival_pkey PRIMARY KEY (unit_id, year, number),
    CONSTRAINT letter_arrival_unit_id_letter_id_key UNIQUE (unit_id, letter_id),
    CONSTRAINT letter_arrival_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT letter_arrival_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE letter_change (
    id text NOT NULL,
    letter_id text NOT NULL,
    kind text NOT NULL,
    by_id text,
    reason text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    whole boolean NOT NULL DEFAULT false,
    CONSTRAINT letter_change_pkey PRIMARY KEY (id),
    CONSTRAINT letter_change_by_id_fkey FOREIGN KEY (by_id) REFERENCES letter(id),
    CONSTRAINT letter_change_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);
CREATE INDEX letter_change_letter_id ON public.letter_change USING btree (letter_id, made_at);

CREATE TABLE letter_copy (
    id text NOT NULL,
    unit_id text NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    symbol text NOT NULL,
    letter_id text NOT NULL,
    excerpt text NOT NULL,
    place text NOT NULL,
    recipients text NOT NULL,
    signer text NOT NULL,
    file_key text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    electronic boolean NOT NULL DEFAULT false,
    signed_key text NOT NULL DEFAULT ''::text,
    signed_name text NOT NULL DEFAULT ''::text,
    signed_size bigint NOT NULL DEFAULT 0,
    signed_at bigint,
    signature text NOT NULL DEFAULT '[]'::text,
    difference text NOT NULL DEFAULT '[]'::text,
    uploaded_by text NOT NULL DEFAULT ''::text,
    uploaded_at bigint,
    CONSTRAINT letter_copy_pkey PRIMARY KEY (id),
    CONSTRAINT letter_copy_unit_id_year_number_key UNIQUE (unit_id, year, number),
    CONSTRAINT letter_copy_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT letter_copy_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX letter_copy_letter_id ON public.letter_copy USING btree (letter_id);

CREATE TABLE letter_counter (
    unit_id text NOT NULL,
    year bigint NOT NULL,
    book text NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT letter_counter_pkey PRIMARY KEY (unit_id, year, book),
    CONSTRAINT letter_counter_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE letter_delivery (
    letter_id text NOT NULL,
    sent_on text NOT NULL,
    receiver text NOT NULL,
    note text NOT NULL,
    version bigint NOT NULL,
    by_person text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT letter_delivery_pkey PRIMARY KEY (letter_id),
    CONSTRAINT letter_delivery_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE letter_handling (
    unit_id text NOT NULL,
    letter_id text NOT NULL,
    receiver text NOT NULL,
    handed_on text NOT NULL,
    deadline text NOT NULL,
    progress text NOT NULL,
    note text NOT NULL,
    version bigint NOT NULL,
    by_person text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT letter_handling_pkey PRIMARY KEY (unit_id, letter_id),
    CONSTRAINT letter_handling_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT letter_handling_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE letter_issue (
    letter_id text NOT NULL,
    number bigint NOT NULL,
    origin text NOT NULL,
    file_key text NOT NULL,
    file_name text NOT NULL,
    size bigint NOT NULL,
    signature text NOT NULL,
    by_id text NOT NULL,
    at bigint NOT NULL,
    difference text NOT NULL DEFAULT '[]'::text,
    CONSTRAINT letter_issue_pkey PRIMARY KEY (letter_id, number),
    CONSTRAINT letter_issue_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE letter_signature (
    letter_id text NOT NULL,
    signature text NOT NULL,
    CONSTRAINT letter_signature_pkey PRIMARY KEY (letter_id),
    CONSTRAINT letter_signature_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE letter_step (
    letter_id text NOT NULL,
    number bigint NOT NULL,
    event text NOT NULL,
    words text NOT NULL,
    on_paper boolean NOT NULL,
    signer text NOT NULL,
    by_id text NOT NULL,
    at bigint NOT NULL,
    departure text NOT NULL DEFAULT '[]'::text,
    CONSTRAINT letter_step_pkey PRIMARY KEY (letter_id, number),
    CONSTRAINT letter_step_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE letter_term (
    unit_id text NOT NULL,
    year bigint NOT NULL,
    begins text NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT letter_term_pkey PRIMARY KEY (unit_id, year),
    CONSTRAINT letter_term_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE letterhead (
    unit_id text NOT NULL,
    settings text NOT NULL,
    version bigint NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT letterhead_pkey PRIMARY KEY (unit_id),
    CONSTRAINT letterhead_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE loudspeaker_hours (
    unit_id text NOT NULL,
    days text NOT NULL,
    slots text NOT NULL,
    max_minutes bigint NOT NULL,
    version bigint NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT loudspeaker_hours_pkey PRIMARY KEY (unit_id),
    CONSTRAINT loudspeaker_hours_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE loudspeaker_play (
    id text NOT NULL,
    campaign_id text,
    unit_id text NOT NULL,
    dispatch_id text NOT NULL,
    device text NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    times bigint NOT NULL,
    result text NOT NULL,
    note text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    challenge_id text,
    CONSTRAINT loudspeaker_play_pkey PRIMARY KEY (id),
    CONSTRAINT loudspeaker_play_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT loudspeaker_play_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT loudspeaker_play_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id),
    CONSTRAINT loudspeaker_play_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX loudspeaker_play_challenge_id ON public.loudspeaker_play USING btree (challenge_id, unit_id, started_at);
CREATE INDEX loudspeaker_play_unit_id ON public.loudspeaker_play USING btree (unit_id, campaign_id, started_at);

CREATE TABLE meeting_minutes (
    publicity_id text NOT NULL,
    campaign_id text,
    unit_id text NOT NULL,
    meeting text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    challenge_id text,
    CONSTRAINT meeting_minutes_pkey PRIMARY KEY (publicity_id),
    CONSTRAINT meeting_minutes_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT meeting_minutes_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT meeting_minutes_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX meeting_minutes_challenge_id ON public.meeting_minutes USING btree (challenge_id, unit_id);

CREATE TABLE notify_message (
    key text NOT NULL,
    person text NOT NULL,
    email text NOT NULL,
    lang text NOT NULL,
    template text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    state text NOT NULL,
    attempts bigint NOT NULL,
    error text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    patient boolean NOT NULL DEFAULT false,
    CONSTRAINT notify_message_pkey PRIMARY KEY (key)
);
CREATE INDEX notify_message_person ON public.notify_message USING btree (person, state);
CREATE INDEX notify_message_state ON public.notify_message USING btree (state);

CREATE TABLE person (
    id text NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    email text NOT NULL,
    email_key text,
    phone text NOT NULL,
    birth_date text NOT NULL,
    lang text NOT NULL,
    home_unit_id text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (id),
    CONSTRAINT person_email_key_key UNIQUE (email_key),
    CONSTRAINT person_home_unit_id_fkey FOREIGN KEY (home_unit_id) REFERENCES unit(id)
);

CREATE TABLE person_consent (
    id text NOT NULL,
    person_id text NOT NULL,
    purpose text NOT NULL,
    text_version text NOT NULL,
    text_sha256 text NOT NULL,
    guardian_name text NOT NULL,
    guardian_phone text NOT NULL,
    child_agreed boolean NOT NULL,
    given_at bigint NOT NULL,
    withdrawn_at bigint,
    CONSTRAINT person_consent_pkey PRIMARY KEY (id),
    CONSTRAINT person_consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
);
CREATE INDEX person_consent_person_id ON public.person_consent USING btree (person_id);

CREATE TABLE person_role (
    id text NOT NULL,
    person_id text NOT NULL,
    role text NOT NULL,
    unit_id text,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    granted_by text NOT NULL,
    granted_at bigint NOT NULL,
    revoked_by text NOT NULL,
    revoked_at bigint,
    CONSTRAINT person_role_pkey PRIMARY KEY (id),
    CONSTRAINT person_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT person_role_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX person_role_person_id ON public.person_role USING btree (person_id);
CREATE INDEX person_role_unit_id ON public.person_role USING btree (unit_id);

CREATE TABLE progress_activity (
    id text NOT NULL,
    unit_id text NOT NULL,
    letter_id text,
    challenge_id text,
    kind text NOT NULL,
    day text NOT NULL,
    place text NOT NULL,
    people bigint NOT NULL,
    grams bigint NOT NULL,
    note text NOT NULL,
    file_key text NOT NULL,
    file_name text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_by text NOT NULL,
    CONSTRAINT progress_activity_pkey PRIMARY KEY (id),
    CONSTRAINT progress_activity_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT progress_activity_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT progress_activity_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX progress_activity_challenge_id ON public.progress_activity USING btree (challenge_id);
CREATE INDEX progress_activity_letter_id ON public.progress_activity USING btree (letter_id);
CREATE INDEX progress_activity_unit_id ON public.progress_activity USING btree (unit_id, day);

CREATE TABLE progress_report (
    id text NOT NULL,
    unit_id text NOT NULL,
    to_id text NOT NULL,
    letter_id text,
    challenge_id text,
    kind text NOT NULL,
    from_day text NOT NULL,
    to_day text NOT NULL,
    due_day text NOT NULL,
    state text NOT NULL,
    figures text NOT NULL,
    generated text NOT NULL,
    edited text NOT NULL,
    reason text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    submitted_by text NOT NULL,
    submitted_at bigint,
    decided_by text NOT NULL,
    decided_at bigint,
    version bigint NOT NULL,
    updated_at bigint NOT NULL,
    twin text NOT NULL DEFAULT ''::text,
    CONSTRAINT progress_report_pkey PRIMARY KEY (id),
    CONSTRAINT progress_report_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT progress_report_id_fkey FOREIGN KEY (id) REFERENCES letter(id),
    CONSTRAINT progress_report_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT progress_report_to_id_fkey FOREIGN KEY (to_id) REFERENCES unit(id),
    CONSTRAINT progress_report_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX progress_report_to_id ON public.progress_report USING btree (to_id, letter_id);
CREATE INDEX progress_report_unit_id ON public.progress_report USING btree (unit_id, created_at);
CREATE UNIQUE INDEX progress_report_draft ON public.progress_report USING btree (unit_id, COALESCE(letter_id, ''::text), COALESCE(challenge_id, ''::text), kind, from_day, to_day, twin) WHERE (state = 'draft'::text);

CREATE TABLE progress_schedule (
    letter_id text NOT NULL,
    unit_id text NOT NULL,
    first_day text NOT NULL,
    last_day text NOT NULL,
    weekday bigint NOT NULL,
    final_day text NOT NULL,
    version bigint NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT progress_schedule_pkey PRIMARY KEY (letter_id, unit_id),
    CONSTRAINT progress_schedule_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT progress_schedule_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE publication (
    id text NOT NULL,
    challenge_id text NOT NULL,
    number bigint NOT NULL,
    reason text NOT NULL,
    sha256 text NOT NULL,
    document bytea NOT NULL,
    published_by text NOT NULL,
    published_at bigint NOT NULL,
    CONSTRAINT publication_pkey PRIMARY KEY (id),
    CONSTRAINT publication_challenge_id_number_key UNIQUE (challenge_id, number),
    CONSTRAINT publication_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id)
);

CREATE TABLE publicity (
    id text NOT NULL,
    dispatch_id text NOT NULL,
    duty_number bigint NOT NULL,
    channel text NOT NULL,
    at bigint NOT NULL,
    place text NOT NULL,
    link text NOT NULL,
    times bigint NOT NULL,
    people bigint NOT NULL,
    note text NOT NULL,
    file_key text NOT NULL,
    file_name text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT publicity_pkey PRIMARY KEY (id),
    CONSTRAINT publicity_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX publicity_dispatch_id ON public.publicity USING btree (dispatch_id, at);

CREATE TABLE publicity_article (
    challenge_id text NOT NULL,
    unit_id text NOT NULL,
    published_by text NOT NULL,
    published_at bigint NOT NULL,
    CONSTRAINT publicity_article_pkey PRIMARY KEY (challenge_id, unit_id),
    CONSTRAINT publicity_article_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT publicity_article_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE publicity_removal (
    publicity_id text NOT NULL,
    dispatch_id text NOT NULL,
    record text NOT NULL,
    reason text NOT NULL,
    removed_by text NOT NULL,
    removed_at bigint NOT NULL,
    CONSTRAINT publicity_removal_pkey PRIMARY KEY (publicity_id),
    CONSTRAINT publicity_removal_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id)
);
CREATE INDEX publicity_removal_dispatch_id ON public.publicity_removal USING btree (dispatch_id);

CREATE TABLE publicity_text (
    challenge_id text NOT NULL,
    unit_id text NOT NULL,
    product text NOT NULL,
    campaign_id text,
    parts text NOT NULL,
    version bigint NOT NULL,
    edited_by text NOT NULL,
    edited_at bigint NOT NULL,
    CONSTRAINT publicity_text_pkey PRIMARY KEY (challenge_id, unit_id, product),
    CONSTRAINT publicity_text_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT publicity_text_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT publicity_text_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE report (
    id text NOT NULL,
    cleanup_id text NOT NULL,
    challenge_id text NOT NULL,
    entrant_id text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    figures text NOT NULL,
    adjusted text,
    note text NOT NULL,
    hazardous_note text NOT NULL,
    send_backs bigint NOT NULL,
    reason text NOT NULL,
    deadline bigint,
    decided_by text NOT NULL,
    decided_at bigint,
    claimed_by text NOT NULL,
    claimed_until bigint,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    submitted_at bigint,
    CONSTRAINT report_pkey PRIMARY KEY (id),
    CONSTRAINT report_cleanup_id_key UNIQUE (cleanup_id),
    CONSTRAINT report_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id),
    CONSTRAINT report_cleanup_id_fkey FOREIGN KEY (cleanup_id) REFERENCES cleanup(id),
    CONSTRAINT report_entrant_id_fkey FOREIGN KEY (entrant_id) REFERENCES entrant(id)
);
CREATE INDEX report_challenge_id_state_submitted_at ON public.report USING btree (challenge_id, state, submitted_at, id);
CREATE INDEX report_entrant_id ON public.report USING btree (entrant_id, created_at);

CREATE TABLE report_photo (
    id text NOT NULL,
    report_id text NOT NULL,
    role text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    format text NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    taken_at bigint,
    lat double precision,
    lon double precision,
    hash bigint NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    removed_at bigint,
    CONSTRAINT report_photo_pkey PRIMARY KEY (id),
    CONSTRAINT report_photo_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
);
CREATE INDEX report_photo_sha256 ON public.report_photo USING btree (sha256);
CREATE UNIQUE INDEX report_photo_report_id_sha256 ON public.report_photo USING btree (report_id, sha256) WHERE (removed_at IS NULL);

CREATE TABLE report_photo_expected (
    id text NOT NULL,
    report_id text NOT NULL,
    role text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT report_photo_expected_pkey PRIMARY KEY (id),
    CONSTRAINT report_photo_expected_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
);
CREATE INDEX report_photo_expected_report_id ON public.report_photo_expected USING btree (report_id);

CREATE TABLE report_step (
    id text NOT NULL,
    report_id text NOT NULL,
    version bigint NOT NULL,
    event text NOT NULL,
    figures text NOT NULL,
    note text NOT NULL,
    hazardous_note text NOT NULL,
    photos text NOT NULL,
    reason text NOT NULL,
    deadline bigint,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT report_step_pkey PRIMARY KEY (id),
    CONSTRAINT report_step_report_id_version_key UNIQUE (report_id, version),
    CONSTRAINT report_step_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
);

CREATE TABLE session (
    id text NOT NULL,
    person_id text NOT NULL,
    token_hash text NOT NULL,
    device text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX session_person_id ON public.session USING btree (person_id);

CREATE TABLE session_limit (
    name text NOT NULL,
    subject text NOT NULL,
    opened_at bigint NOT NULL,
    tries bigint NOT NULL,
    CONSTRAINT session_limit_pkey PRIMARY KEY (name, subject)
);

CREATE TABLE session_request (
    id text NOT NULL,
    account text NOT NULL,
    person_id text NOT NULL,
    code_mac text NOT NULL,
    link_mac text,
    tries bigint NOT NULL,
    requested_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    CONSTRAINT session_request_pkey PRIMARY KEY (id),
    CONSTRAINT session_request_link_mac_key UNIQUE (link_mac)
);
CREATE INDEX session_request_account ON public.session_request USING btree (account, requested_at);

CREATE TABLE setting (
    name text NOT NULL,
    value text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT setting_pkey PRIMARY KEY (name)
);

CREATE TABLE speech (
    id text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    wav_key text NOT NULL,
    wav_bytes bigint NOT NULL,
    mp3_key text NOT NULL,
    mp3_bytes bigint NOT NULL,
    millis bigint NOT NULL,
    failure text NOT NULL,
    requested_at bigint NOT NULL,
    done_at bigint,
    CONSTRAINT speech_pkey PRIMARY KEY (id)
);

CREATE TABLE unit (
    id text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    full_name text NOT NULL,
    kind text NOT NULL,
    level bigint NOT NULL,
    area_id text,
    superior_id text,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    email text NOT NULL,
    folded text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT unit_pkey PRIMARY KEY (id),
    CONSTRAINT unit_code_valid_from_key UNIQUE (code, valid_from),
    CONSTRAINT unit_area_id_fkey FOREIGN KEY (area_id) REFERENCES unit(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT unit_superior_id_fkey FOREIGN KEY (superior_id) REFERENCES unit(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE unit_boundary (
    unit_id text NOT NULL,
    geometry text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT unit_boundary_pkey PRIMARY KEY (unit_id),
    CONSTRAINT unit_boundary_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE unit_group (
    id text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    definition text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT unit_group_pkey PRIMARY KEY (id),
    CONSTRAINT unit_group_code_key UNIQUE (code)
);

CREATE TABLE unit_version (
    name text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT unit_version_pkey PRIMARY KEY (name)
);

CREATE TABLE urging_digest (
    recipient text NOT NULL,
    day text NOT NULL,
    message_key text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT urging_digest_pkey PRIMARY KEY (recipient, day)
);

CREATE TABLE urging_draft (
    id text NOT NULL,
    letter_id text NOT NULL,
    superior_id text NOT NULL,
    wanted_at bigint NOT NULL,
    wanted bigint NOT NULL,
    written bigint NOT NULL,
    written_at bigint,
    version bigint NOT NULL,
    lease_until bigint,
    CONSTRAINT urging_draft_pkey PRIMARY KEY (id),
    CONSTRAINT urging_draft_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT urging_draft_superior_id_fkey FOREIGN KEY (superior_id) REFERENCES unit(id)
);
CREATE INDEX urging_draft_letter_id ON public.urging_draft USING btree (letter_id);
CREATE INDEX urging_draft_superior_id ON public.urging_draft USING btree (superior_id);

CREATE TABLE urging_letter (
    letter_id text NOT NULL,
    rules text NOT NULL,
    version bigint NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint,
    CONSTRAINT urging_letter_pkey PRIMARY KEY (letter_id),
    CONSTRAINT urging_letter_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);

CREATE TABLE urging_notice (
    step_id text NOT NULL,
    recipient text NOT NULL,
    unit_id text NOT NULL,
    role text NOT NULL,
    message_key text NOT NULL,
    told_at bigint,
    dropped_at bigint,
    CONSTRAINT urging_notice_pkey PRIMARY KEY (step_id, recipient),
    CONSTRAINT urging_notice_step_id_fkey FOREIGN KEY (step_id) REFERENCES urging_step(id),
    CONSTRAINT urging_notice_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX urging_notice_recipient ON public.urging_notice USING btree (recipient, message_key);

CREATE TABLE urging_step (
    id text NOT NULL,
    letter_id text NOT NULL,
    dispatch_id text NOT NULL,
    cause text NOT NULL,
    number bigint NOT NULL,
    step bigint NOT NULL,
    since bigint NOT NULL,
    due bigint NOT NULL,
    at bigint NOT NULL,
    by_person text NOT NULL,
    words text NOT NULL,
    draft_id text,
    draft_turn bigint NOT NULL DEFAULT 0,
    about text NOT NULL DEFAULT '{}'::text,
    CONSTRAINT urging_step_pkey PRIMARY KEY (id),
    CONSTRAINT urging_step_dispatch_id_cause_number_step_key UNIQUE (dispatch_id, cause, number, step),
    CONSTRAINT urging_step_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id),
    CONSTRAINT urging_step_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES urging_draft(id),
    CONSTRAINT urging_step_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id)
);
CREATE INDEX urging_step_draft_id ON public.urging_step USING btree (draft_id);
CREATE INDEX urging_step_letter_id ON public.urging_step USING btree (letter_id, at);
