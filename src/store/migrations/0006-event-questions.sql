-- Records of one call in several accounts' trails are one event to whoever asks.
create index event_shared on event (shared_id) where shared_id is not null;
