"""The project's own tables of facts (missions, countries, person-years) and their loader. docs/reference-facts.md."""
