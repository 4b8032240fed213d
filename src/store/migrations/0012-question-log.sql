-- Who asked is looked for by a part of their name, which these could not find; and every question that was asked paid for them.
drop index question_log_principal;
drop index question_log_name;
