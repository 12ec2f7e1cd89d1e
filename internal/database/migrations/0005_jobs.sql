-- When each periodic job is due next. The jobs themselves lie in the tables of River, which migrates them itself.
CREATE TABLE job_period (
    name    TEXT PRIMARY KEY,
    next_at {{int}} NOT NULL
) {{strict}};
