-- Beside the tags, a document's labels hold its 'TYPE …', 'ACCOUNT …' and 'REGION …' (tags are in lower case), so that
-- one index lookup answers for a tag or word together with them.
alter table document rename column tags to labels;
alter index document_tags rename to document_labels;
