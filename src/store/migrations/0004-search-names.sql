-- Names by how they begin; and what is known of this index tells the planner how rare a name is.
create index document_name on document (lower(name) text_pattern_ops);
