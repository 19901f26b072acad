CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.oxi_base_urls (
    origin text NOT NULL,
    site_id integer NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.oxi_dimension_values (
    dimension smallint NOT NULL,
    id integer NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.oxi_filtered_hits (
    site_id integer NOT NULL,
    day integer NOT NULL,
    reason text NOT NULL,
    hits integer NOT NULL
);

CREATE TABLE public.oxi_jobs (
    name text NOT NULL,
    leased_until bigint NOT NULL,
    finished_at bigint
);

CREATE TABLE public.oxi_pages (
    id integer NOT NULL,
    site_id integer NOT NULL,
    path text NOT NULL COLLATE pg_catalog."C",
    visits bigint DEFAULT 0 NOT NULL,
    added_at bigint NOT NULL,
    pixel_views bigint DEFAULT 0 NOT NULL,
    vote_changes integer DEFAULT 0 NOT NULL,
    votes_down integer DEFAULT 0 NOT NULL,
    votes_up integer DEFAULT 0 NOT NULL
);

CREATE SEQUENCE public.oxi_pages_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.oxi_pages_id_seq OWNED BY public.oxi_pages.id;

CREATE TABLE public.oxi_rollups (
    spent_seconds bigint NOT NULL,
    site_id integer NOT NULL,
    dimension smallint NOT NULL,
    period smallint NOT NULL,
    day integer NOT NULL,
    value_id integer NOT NULL,
    visits integer NOT NULL,
    pixel_views integer NOT NULL,
    visitors integer NOT NULL,
    returning_visitors integer NOT NULL,
    second_visits integer NOT NULL,
    timed_visits integer NOT NULL
)
WITH (fillfactor='70');

CREATE TABLE public.oxi_salts (
    day integer NOT NULL,
    value bytea NOT NULL
);

CREATE TABLE public.oxi_secrets (
    id integer NOT NULL,
    value bytea NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE public.oxi_seen (
    site_id integer NOT NULL,
    day integer NOT NULL,
    visitor bigint NOT NULL,
    dimension smallint NOT NULL,
    value_id integer NOT NULL
);

CREATE TABLE public.oxi_sites (
    id integer NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    callback_origin text NOT NULL,
    time_zone text NOT NULL,
    min_delay_secs integer NOT NULL,
    path_patterns text DEFAULT '[]'::text NOT NULL,
    declared boolean NOT NULL,
    created_at bigint NOT NULL,
    archived_at bigint,
    pruned_before bigint,
    pruned_through integer,
    respect_dnt boolean DEFAULT false NOT NULL,
    retention_days integer,
    rollups_due boolean DEFAULT true NOT NULL,
    visibility text DEFAULT 'public'::text NOT NULL
);

CREATE SEQUENCE public.oxi_sites_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.oxi_sites_id_seq OWNED BY public.oxi_sites.id;

CREATE TABLE public.oxi_visitors (
    site_id integer NOT NULL,
    day integer NOT NULL,
    visitor bigint NOT NULL,
    visits integer NOT NULL,
    returned boolean NOT NULL,
    language_id smallint NOT NULL
);

CREATE TABLE public.oxi_visits (
    registered_at bigint NOT NULL,
    nonce bigint NOT NULL,
    visitor bigint DEFAULT 0 NOT NULL,
    site_id integer NOT NULL,
    page_id integer NOT NULL,
    referrer_id integer DEFAULT 0 NOT NULL,
    campaign_id integer DEFAULT 0 NOT NULL,
    spent_seconds integer,
    country_id smallint DEFAULT 0 NOT NULL,
    browser_id smallint DEFAULT 0 NOT NULL,
    system_id smallint DEFAULT 0 NOT NULL,
    device_id smallint DEFAULT 0 NOT NULL,
    language_id smallint DEFAULT 0 NOT NULL,
    flags smallint DEFAULT 0 NOT NULL
);

CREATE TABLE public.oxi_vote_days (
    site_id integer NOT NULL,
    day integer NOT NULL,
    page_id integer NOT NULL,
    changes integer NOT NULL
);

CREATE TABLE public.oxi_votes (
    visitor bigint NOT NULL,
    voted_at bigint NOT NULL,
    site_id integer NOT NULL,
    day integer NOT NULL,
    page_id integer NOT NULL,
    value smallint NOT NULL
);

ALTER TABLE ONLY public.oxi_pages ALTER COLUMN id SET DEFAULT nextval('public.oxi_pages_id_seq'::regclass);

ALTER TABLE ONLY public.oxi_sites ALTER COLUMN id SET DEFAULT nextval('public.oxi_sites_id_seq'::regclass);

INSERT INTO public._prisma_migrations VALUES ('1de3888a-c812-4850-812f-2e805d453c43', '445ad193d9550ae494437315ccf52202948218b9cce226932b7d5f9fd283b918', '2026-12-01 02:27:02.458896+00', '20261124000000_init', NULL, NULL, '2026-12-01 02:27:02.458896+00', 1);
INSERT INTO public._prisma_migrations VALUES ('841f42bd-9a80-4efe-a8df-e897e0ea4831', '800527a1bc80c5398ce8b4bbf9499449d3897c27730cc9b2211a5b631daba5bc', '2026-12-01 02:27:02.458896+00', '20261124110851_statistics', NULL, NULL, '2026-12-01 02:27:02.458896+00', 1);
INSERT INTO public._prisma_migrations VALUES ('da91ce60-7d0d-4071-816b-92a77650035f', 'd725d808bd3275462ab6acc0fe659ce041a129daf29f53676a0953087cdc14fd', '2026-12-01 02:27:02.458896+00', '20261124143935_access', NULL, NULL, '2026-12-01 02:27:02.458896+00', 1);
INSERT INTO public._prisma_migrations VALUES ('e2a391f3-3d1c-4621-b385-b323481a60bb', 'e6630b6601a4c58ea7826ac76b97ab8acebf343c20ebb10fa7560f3acff0be55', '2026-12-01 02:27:02.458896+00', '20261124145154_votes', NULL, NULL, '2026-12-01 02:27:02.458896+00', 1);

INSERT INTO public.oxi_base_urls VALUES ('https://blog.example', 1, 0);
INSERT INTO public.oxi_base_urls VALUES ('https://docs.example', 2, 0);
INSERT INTO public.oxi_base_urls VALUES ('https://www.docs.example', 2, 1);

INSERT INTO public.oxi_dimension_values VALUES (3, 1, 'news.example');
INSERT INTO public.oxi_dimension_values VALUES (4, 1, 'letter');
INSERT INTO public.oxi_dimension_values VALUES (6, 1, 'Firefox');
INSERT INTO public.oxi_dimension_values VALUES (7, 1, 'Linux');
INSERT INTO public.oxi_dimension_values VALUES (8, 1, 'desktop');
INSERT INTO public.oxi_dimension_values VALUES (9, 1, 'de');
INSERT INTO public.oxi_dimension_values VALUES (3, 2, 'search.example');
INSERT INTO public.oxi_dimension_values VALUES (6, 2, 'Safari');
INSERT INTO public.oxi_dimension_values VALUES (7, 2, 'macOS');
INSERT INTO public.oxi_dimension_values VALUES (9, 2, 'en');

INSERT INTO public.oxi_jobs VALUES ('roll-ups', 0, 1796092026660);
INSERT INTO public.oxi_jobs VALUES ('retention', 0, 1796092026803);

INSERT INTO public.oxi_pages VALUES (3, 2, '/user/:id', 2, 1796092023748, 0, 0, 0, 0);
INSERT INTO public.oxi_pages VALUES (2, 1, '/b', 1, 1796092023665, 1, 0, 0, 0);
INSERT INTO public.oxi_pages VALUES (1, 1, '/a', 2, 1796092023509, 0, 2, 1, 1);

INSERT INTO public.oxi_rollups VALUES (2, 1, 9, 0, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 9, 1, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 3, 0, 20788, 1, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 3, 1, 20788, 1, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 4, 0, 20788, 1, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 4, 1, 20788, 1, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 8, 1, 20788, 1, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (3, 1, 0, 0, 20788, 0, 3, 1, 2, 0, 1, 2);
INSERT INTO public.oxi_rollups VALUES (3, 1, 0, 1, 20788, 0, 3, 1, 2, 0, 1, 2);
INSERT INTO public.oxi_rollups VALUES (0, 1, 1, 0, 20788, 2, 1, 1, 1, 0, 1, 0);
INSERT INTO public.oxi_rollups VALUES (0, 1, 1, 1, 20788, 2, 1, 1, 1, 0, 1, 0);
INSERT INTO public.oxi_rollups VALUES (1, 1, 6, 0, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (1, 1, 6, 1, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (1, 1, 7, 0, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (3, 1, 1, 0, 20788, 1, 2, 0, 2, 0, 0, 2);
INSERT INTO public.oxi_rollups VALUES (3, 1, 1, 1, 20788, 1, 2, 0, 2, 0, 0, 2);
INSERT INTO public.oxi_rollups VALUES (3, 1, 2, 0, 20788, 1, 2, 0, 2, 0, 0, 2);
INSERT INTO public.oxi_rollups VALUES (3, 1, 2, 1, 20788, 1, 2, 0, 2, 0, 0, 2);
INSERT INTO public.oxi_rollups VALUES (1, 1, 3, 0, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (1, 1, 3, 1, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (1, 1, 7, 1, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (3, 1, 8, 0, 20788, 1, 3, 1, 2, 0, 1, 2);
INSERT INTO public.oxi_rollups VALUES (2, 1, 6, 0, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 6, 1, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 7, 0, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 1, 7, 1, 20788, 1, 2, 0, 1, 0, 1, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 6, 0, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 6, 1, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 7, 0, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 7, 1, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 9, 0, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 9, 1, 20788, 2, 1, 0, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 0, 0, 20788, 0, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 0, 1, 20788, 0, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 1, 0, 20788, 3, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 1, 1, 20788, 3, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 2, 0, 20788, 3, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (2, 2, 2, 1, 20788, 3, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (0, 2, 6, 0, 20788, 1, 1, 0, 1, 0, 0, 0);
INSERT INTO public.oxi_rollups VALUES (2, 2, 8, 0, 20788, 1, 2, 0, 2, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (3, 1, 8, 1, 20788, 1, 3, 1, 2, 0, 1, 2);
INSERT INTO public.oxi_rollups VALUES (1, 1, 9, 0, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (1, 1, 9, 1, 20788, 2, 1, 1, 1, 0, 0, 1);
INSERT INTO public.oxi_rollups VALUES (0, 2, 6, 1, 20788, 1, 1, 0, 1, 0, 0, 0);
INSERT INTO public.oxi_rollups VALUES (0, 2, 7, 0, 20788, 1, 1, 0, 1, 0, 0, 0);
INSERT INTO public.oxi_rollups VALUES (0, 2, 7, 1, 20788, 1, 1, 0, 1, 0, 0, 0);
INSERT INTO public.oxi_rollups VALUES (0, 2, 9, 0, 20788, 1, 1, 0, 1, 0, 0, 0);
INSERT INTO public.oxi_rollups VALUES (0, 2, 9, 1, 20788, 1, 1, 0, 1, 0, 0, 0);

INSERT INTO public.oxi_salts VALUES (20788, '\x3283243e49663afd095eec8c807def475c786300b6c42e3dad6d835a507ddf38');

INSERT INTO public.oxi_secrets VALUES (1, '\x086916dd1441cdff52d263ead93c59044f880d2eb5c981a8766d9db72e9fcf3e', 1796092023243);

INSERT INTO public.oxi_seen VALUES (1, 20788, 48716078576277, 1, 1);
INSERT INTO public.oxi_seen VALUES (1, 20788, 48716078576277, 3, 1);
INSERT INTO public.oxi_seen VALUES (1, 20788, 48716078576277, 4, 1);
INSERT INTO public.oxi_seen VALUES (1, 20788, 162953454780441, 1, 1);
INSERT INTO public.oxi_seen VALUES (1, 20788, 162953454780441, 3, 2);
INSERT INTO public.oxi_seen VALUES (1, 20788, 48716078576277, 1, 2);
INSERT INTO public.oxi_seen VALUES (2, 20788, 43580581484993, 1, 3);
INSERT INTO public.oxi_seen VALUES (2, 20788, 238692425580368, 1, 3);

INSERT INTO public.oxi_sites VALUES (1, 'blog', 'Blog', 'https://origin.example', 'UTC', 0, '[]', true, 1796092022804, NULL, NULL, NULL, false, NULL, false, 'public');
INSERT INTO public.oxi_sites VALUES (2, 'docs', 'Docs', 'https://origin.example', 'UTC', 0, '["/user/:id"]', true, 1796092022804, NULL, NULL, NULL, false, NULL, false, 'public');

INSERT INTO public.oxi_visitors VALUES (1, 20788, 162953454780441, 1, false, 2);
INSERT INTO public.oxi_visitors VALUES (1, 20788, 48716078576277, 2, false, 1);
INSERT INTO public.oxi_visitors VALUES (2, 20788, 43580581484993, 1, false, 2);
INSERT INTO public.oxi_visitors VALUES (2, 20788, 238692425580368, 1, false, 1);

INSERT INTO public.oxi_visits VALUES (1796092023594, 145205000615170, 48716078576277, 1, 1, 1, 1, 2, 0, 1, 1, 1, 1, 58);
INSERT INTO public.oxi_visits VALUES (1796092023626, 229435797089378, 162953454780441, 1, 1, 2, 0, 1, 0, 2, 2, 1, 2, 26);
INSERT INTO public.oxi_visits VALUES (1796092023718, 25749563709839, 48716078576277, 1, 2, 0, 0, NULL, 0, 1, 1, 1, 1, 12);
INSERT INTO public.oxi_visits VALUES (1796092023816, 198740441886631, 43580581484993, 2, 3, 0, 0, 2, 0, 2, 2, 1, 2, 10);
INSERT INTO public.oxi_visits VALUES (1796092023823, 33865037889539, 238692425580368, 2, 3, 0, 0, NULL, 0, 1, 1, 1, 1, 10);
INSERT INTO public.oxi_visits VALUES (1796092026863, 32310489276178, 0, 1, 2, 0, 0, NULL, 0, 2, 2, 1, 2, 1);

INSERT INTO public.oxi_vote_days VALUES (1, 20788, 1, 2);

INSERT INTO public.oxi_votes VALUES (48716078576277, 1796092026948, 1, 20788, 1, 1);
INSERT INTO public.oxi_votes VALUES (162953454780441, 1796092027044, 1, 20788, 1, -1);

SELECT pg_catalog.setval('public.oxi_pages_id_seq', 3, true);

SELECT pg_catalog.setval('public.oxi_sites_id_seq', 2, true);

ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_base_urls
    ADD CONSTRAINT oxi_base_urls_pkey PRIMARY KEY (origin);

ALTER TABLE ONLY public.oxi_dimension_values
    ADD CONSTRAINT oxi_dimension_values_pkey PRIMARY KEY (dimension, id);

ALTER TABLE ONLY public.oxi_filtered_hits
    ADD CONSTRAINT oxi_filtered_hits_pkey PRIMARY KEY (site_id, day, reason);

ALTER TABLE ONLY public.oxi_jobs
    ADD CONSTRAINT oxi_jobs_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.oxi_pages
    ADD CONSTRAINT oxi_pages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_rollups
    ADD CONSTRAINT oxi_rollups_pkey PRIMARY KEY (site_id, dimension, period, day, value_id);

ALTER TABLE ONLY public.oxi_salts
    ADD CONSTRAINT oxi_salts_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.oxi_secrets
    ADD CONSTRAINT oxi_secrets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_seen
    ADD CONSTRAINT oxi_seen_pkey PRIMARY KEY (site_id, day, visitor, dimension, value_id);

ALTER TABLE ONLY public.oxi_sites
    ADD CONSTRAINT oxi_sites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_visitors
    ADD CONSTRAINT oxi_visitors_pkey PRIMARY KEY (site_id, day, visitor);

ALTER TABLE ONLY public.oxi_visits
    ADD CONSTRAINT oxi_visits_pkey PRIMARY KEY (site_id, registered_at, nonce);

ALTER TABLE ONLY public.oxi_vote_days
    ADD CONSTRAINT oxi_vote_days_pkey PRIMARY KEY (site_id, day, page_id);

ALTER TABLE ONLY public.oxi_votes
    ADD CONSTRAINT oxi_votes_pkey PRIMARY KEY (site_id, day, visitor, page_id);

CREATE INDEX oxi_base_urls_site_id_idx ON public.oxi_base_urls USING btree (site_id);

CREATE UNIQUE INDEX oxi_dimension_values_dimension_value_key ON public.oxi_dimension_values USING btree (dimension, value);

CREATE UNIQUE INDEX oxi_pages_site_id_path_key ON public.oxi_pages USING btree (site_id, path);

CREATE UNIQUE INDEX oxi_sites_slug_key ON public.oxi_sites USING btree (slug);

CREATE INDEX oxi_visits_site_id_page_id_registered_at_nonce_idx ON public.oxi_visits USING btree (site_id, page_id, registered_at, nonce);

CREATE INDEX oxi_vote_days_page_id_idx ON public.oxi_vote_days USING btree (page_id);

CREATE INDEX oxi_votes_page_id_idx ON public.oxi_votes USING btree (page_id);

ALTER TABLE ONLY public.oxi_base_urls
    ADD CONSTRAINT oxi_base_urls_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.oxi_sites(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.oxi_pages
    ADD CONSTRAINT oxi_pages_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.oxi_sites(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.oxi_vote_days
    ADD CONSTRAINT oxi_vote_days_page_id_fkey FOREIGN KEY (page_id) REFERENCES public.oxi_pages(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.oxi_votes
    ADD CONSTRAINT oxi_votes_page_id_fkey FOREIGN KEY (page_id) REFERENCES public.oxi_pages(id) ON UPDATE CASCADE ON DELETE CASCADE;

