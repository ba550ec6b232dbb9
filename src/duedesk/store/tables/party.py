"""Tables of who owes, who is written to and who owns a record."""

from duedesk.domain.access import Role
from duedesk.store.tables.columns import Index, amount, flag, link, moment, number, one_of, table, words

_ADDRESS = ("street", "city", "state", "postal_code", "country")

owner = table(
    "owner",
    words("external_id"),
    words("name", required=True),
    words("type", required=True),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    words("login"),
    words("role"),
    flag("is_active", default=True),
    one_of("type", "User", "Group"),
    one_of("role", *(role.value for role in Role)),
    Index("uq_owner_external_id", "external_id", unique=True),
    Index("uq_owner_name", "name", unique=True),
    Index("uq_owner_login", "login", unique=True),
)

group_member = table(
    "group_member",
    words("external_id"),
    link("group_id", "owner", required=True),
    link("user_or_group_id", "owner", required=True),
    link("journal_id", "journal_entry"),
    Index("uq_group_member_external_id", "external_id", unique=True),
    Index("uq_group_member_group_id", "group_id", "user_or_group_id", unique=True),
    Index("ix_group_member_user_or_group_id", "user_or_group_id"),
)

payment_term = table(
    "payment_term",
    words("external_id"),
    words("name", required=True),
    words("description"),
    flag("is_default"),
    words("status", required=True),
    number("period", default="0"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    amount("discount_percent", required=False),
    number("discount_days"),
    one_of("status", "Active", "Draft", "Inactive"),
    Index("uq_payment_term_external_id", "external_id", unique=True),
    Index("uq_payment_term_name", "name", unique=True),
)

payment_term_item = table(
    "payment_term_item",
    words("external_id"),
    link("payment_term_id", "payment_term", required=True),
    words("name", required=True),
    words("description"),
    words("type", required=True),
    words("payment_timeframe", required=True),
    number("period", default="0"),
    words("period_unit", required=True),
    number("day_of_month"),
    number("added_days", default="0"),
    amount("percentage", required=False),
    amount("amount", required=False),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("period_unit", "Days", "Months"),
    Index("uq_payment_term_item_external_id", "external_id", unique=True),
    Index("ix_payment_term_item_payment_term_id", "payment_term_id"),
)

account = table(
    "account",
    words("external_id"),
    words("account_number"),
    words("name", required=True),
    words("folded_name", required=True),
    link("owner_id", "owner"),
    link("parent_id", "account"),
    link("payment_term_id", "payment_term"),
    words("currency_iso_code"),
    words("type"),
    words("industry"),
    *(words(f"billing_{part}") for part in _ADDRESS),
    words("phone"),
    words("website"),
    words("description"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    flag("is_person_account"),
    link("dunning_policy_id", "dunning_policy"),
    Index("uq_account_external_id", "external_id", unique=True),
    Index("uq_account_account_number", "account_number", unique=True),
    Index("ix_account_folded_name", "folded_name", "name", "account_number"),
)

contact = table(
    "contact",
    words("external_id"),
    link("account_id", "account"),
    words("salutation"),
    words("first_name"),
    words("last_name", required=True),
    words("name", required=True),
    words("title"),
    words("email"),
    words("phone"),
    *(words(f"mailing_{part}") for part in _ADDRESS),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    words("language_code"),
    flag("do_not_mail"),
    moment("email_bounced_date"),
    Index("uq_contact_external_id", "external_id", unique=True),
    Index("ix_contact_account_id", "account_id"),
)
