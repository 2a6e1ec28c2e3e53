import pytest

from sonla_cli.ledger import redaction

URLS = [
    "postgres://reader:s3cr%2Ft%20x@db.example:5432/finance?sslmode=require",
    "postgresql://reader:s3cr%2Ft%20x@[::1]/finance",
    "sc://host:15002/;token=s3cr%2Ft%20x;use_ssl=true",
    "trino://user:s3cr%2Ft%20x@host/catalog?password=s3cr%2Ft%20x",
    "postgres://reader:s3cr%2Ft%20x@db:port/finance",
]


@pytest.mark.parametrize("url", URLS)
def test_a_shown_url_has_no_secret_in_any_spelling(url):
    hidden = redaction.of(url)
    assert "s3cr" not in hidden.shown
    assert "s3cr" not in hidden.hide(f'FATAL: cannot use "{url}" (s3cr/t x)')
    assert "s3cr/t x" not in hidden.hide("the server said s3cr/t x")


def test_host_user_and_database_stay():
    assert redaction.of(URLS[0]).shown == "postgres://reader:***@db.example:5432/finance"


def test_a_password_of_one_letter_is_a_password():
    assert "q" not in redaction.of("postgres://u:q@h/d").hide("failed for q")


def test_what_is_no_url_is_not_shown_at_all():
    assert redaction.of("postgres://[half").shown == "***"
