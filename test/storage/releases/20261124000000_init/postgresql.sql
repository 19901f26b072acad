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

CREATE TABLE public.oxi_pages (
    id integer NOT NULL,
    site_id integer NOT NULL,
    path text NOT NULL,
    visits bigint DEFAULT 0 NOT NULL,
    added_at bigint NOT NULL
);

CREATE SEQUENCE public.oxi_pages_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.oxi_pages_id_seq OWNED BY public.oxi_pages.id;

CREATE TABLE public.oxi_referrers (
    id integer NOT NULL,
    host text NOT NULL
);

CREATE SEQUENCE public.oxi_referrers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.oxi_referrers_id_seq OWNED BY public.oxi_referrers.id;

CREATE TABLE public.oxi_secrets (
    id integer NOT NULL,
    value bytea NOT NULL,
    created_at bigint NOT NULL
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
    archived_at bigint
);

CREATE SEQUENCE public.oxi_sites_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.oxi_sites_id_seq OWNED BY public.oxi_sites.id;

CREATE TABLE public.oxi_visits (
    site_id integer NOT NULL,
    page_id integer NOT NULL,
    registered_at bigint NOT NULL,
    nonce bigint NOT NULL,
    referrer_id integer,
    spent_seconds integer
);

ALTER TABLE ONLY public.oxi_pages ALTER COLUMN id SET DEFAULT nextval('public.oxi_pages_id_seq'::regclass);

ALTER TABLE ONLY public.oxi_referrers ALTER COLUMN id SET DEFAULT nextval('public.oxi_referrers_id_seq'::regclass);

ALTER TABLE ONLY public.oxi_sites ALTER COLUMN id SET DEFAULT nextval('public.oxi_sites_id_seq'::regclass);

INSERT INTO public._prisma_migrations VALUES ('e7a55be4-f0fd-42c7-a7a5-3cf4bb665edb', '445ad193d9550ae494437315ccf52202948218b9cce226932b7d5f9fd283b918', '2026-12-01 02:26:09.296007+00', '20261124000000_init', NULL, NULL, '2026-12-01 02:26:09.296007+00', 1);

INSERT INTO public.oxi_base_urls VALUES ('https://blog.example', 1, 0);
INSERT INTO public.oxi_base_urls VALUES ('https://docs.example', 2, 0);
INSERT INTO public.oxi_base_urls VALUES ('https://www.docs.example', 2, 1);

INSERT INTO public.oxi_pages VALUES (1, 1, '/a', 2, 1796091970841);
INSERT INTO public.oxi_pages VALUES (2, 1, '/b', 1, 1796091970985);
INSERT INTO public.oxi_pages VALUES (3, 2, '/user/:id', 2, 1796091971073);

INSERT INTO public.oxi_referrers VALUES (1, 'news.example');
INSERT INTO public.oxi_referrers VALUES (2, 'search.example');

INSERT INTO public.oxi_secrets VALUES (1, '\x178abf2c9beb9fcd8814dbe676796f9e7c4a98049a44859b277a8bc482ffca2f', 1796091970389);

INSERT INTO public.oxi_sites VALUES (1, 'blog', 'Blog', 'https://origin.example', 'UTC', 0, '[]', true, 1796091969569, NULL);
INSERT INTO public.oxi_sites VALUES (2, 'docs', 'Docs', 'https://origin.example', 'UTC', 0, '["/user/:id"]', true, 1796091969569, NULL);

INSERT INTO public.oxi_visits VALUES (1, 1, 1796091970897, 246730022746931, 1, 2);
INSERT INTO public.oxi_visits VALUES (1, 1, 1796091970949, 41986240142158, 2, 1);
INSERT INTO public.oxi_visits VALUES (1, 2, 1796091971035, 165421959104515, NULL, NULL);
INSERT INTO public.oxi_visits VALUES (2, 3, 1796091971111, 73253632384379, NULL, 2);
INSERT INTO public.oxi_visits VALUES (2, 3, 1796091971121, 107472875803744, NULL, NULL);

SELECT pg_catalog.setval('public.oxi_pages_id_seq', 3, true);

SELECT pg_catalog.setval('public.oxi_referrers_id_seq', 2, true);

SELECT pg_catalog.setval('public.oxi_sites_id_seq', 2, true);

ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_base_urls
    ADD CONSTRAINT oxi_base_urls_pkey PRIMARY KEY (origin);

ALTER TABLE ONLY public.oxi_pages
    ADD CONSTRAINT oxi_pages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_referrers
    ADD CONSTRAINT oxi_referrers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_secrets
    ADD CONSTRAINT oxi_secrets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_sites
    ADD CONSTRAINT oxi_sites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oxi_visits
    ADD CONSTRAINT oxi_visits_pkey PRIMARY KEY (site_id, page_id, registered_at, nonce);

CREATE INDEX oxi_base_urls_site_id_idx ON public.oxi_base_urls USING btree (site_id);

CREATE UNIQUE INDEX oxi_pages_site_id_path_key ON public.oxi_pages USING btree (site_id, path);

CREATE UNIQUE INDEX oxi_referrers_host_key ON public.oxi_referrers USING btree (host);

CREATE UNIQUE INDEX oxi_sites_slug_key ON public.oxi_sites USING btree (slug);

ALTER TABLE ONLY public.oxi_base_urls
    ADD CONSTRAINT oxi_base_urls_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.oxi_sites(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.oxi_pages
    ADD CONSTRAINT oxi_pages_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.oxi_sites(id) ON UPDATE CASCADE ON DELETE CASCADE;

