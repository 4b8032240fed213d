-- What was not merged into an index yet is read in full by every search: with the 4 MB that are usual, searching took three times as
-- long while changes were recorded. The names hold the tags now, so the documents are made anew (src/store/search/index-pending.ts).
alter index document_names set (gin_pending_list_limit = 1024);
alter index document_words set (gin_pending_list_limit = 1024);
alter index document_labels set (gin_pending_list_limit = 1024);
comment on column document.names is
  'Names and identifiers in lower case, one to a line; then, on lines that begin with a tab, the tags.';
