import subprocess

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger import redaction
from sonla_cli.ledger.engine import connect
from tests.console import BIN, environment

URLS = [
    "postgres://reader:s3cr%2Ft%20x@db.example:5432/finance?sslmode=require",
    "postgresql://reader:s3cr%2Ft%20x@[::1]/finance",
    "sc://host:15002/;token=s3cr%2Ft%20x;use_ssl=true",
    "trino://user:s3cr%2Ft%20x@host/catalog?password=s3cr%2Ft%20x",
    "postgres://reader:s3cr%2Ft%20x@db:port/finance",
    "postgres://reader:s3cr/t x@db/finance",
    "postgres://reader:s3cr?t x@db/finance",
    "postgres://reader:s3cr#t x@db/finance",
    "postgres://reader:p@s3cr:/w?rd@db/finance?sslmode=require",
    "postgres://s3cr/t x@db/finance",
]


@pytest.mark.parametrize("url", URLS)
def test_a_shown_url_has_no_secret_in_any_spelling(url):
    hidden = redaction.of(url)
    assert "s3cr" not in hidden.shown
    assert "s3cr" not in hidden.hide(f'FATAL: cannot use "{url}"')


def test_host_user_and_database_stay():
    assert redaction.of(URLS[0]).shown == "postgres://reader:***@db.example:5432/finance"


def test_a_password_of_one_letter_is_a_password():
    assert "q" not in redaction.of("postgres://u:q@h/d").hide("failed for q")


def test_what_is_no_url_is_not_shown_at_all():
    assert redaction.of("postgres://[half").shown == "***"


def test_every_spelling_of_a_password_is_hidden():
    assert redaction.of(URLS[0]).hide("said s3cr/t x, s3cr%2Ft%20x") == "said ***, ***"


def test_a_short_password_is_hidden_where_it_is_a_word():
    hidden = redaction.of("postgres://u:w@h/d")
    text = 'FATAL: password authentication failed for user "u" with w'
    assert hidden.hide(text) == text[:-1] + "***"


def test_options_are_hidden_by_their_names():
    hidden = redaction.of(
        "spark://h?spark.sql.ansi.enabled=true&spark.hadoop.fs.s3a.secret.key=abc&sslmode=off"
    )
    assert hidden.hide("ansi is true, SSL was off, abc") == "ansi is true, SSL was off, ***"


@pytest.mark.parametrize(
    "url", ["postgres://r:a/b@h/d", "postgres://r:a?b@h/d", "postgres://r:a#b@h/d", "trino://r:a@b@h/d"]
)
def test_a_login_that_ends_too_early_is_refused_before_anyone_is_asked(url):
    with pytest.raises(SonlaError) as caught:
        connect(url)
    [problem] = caught.value.problems
    assert (problem.code, dict(problem.values)) == (Code.ENGINE_LOGIN, {})


URL = "postgres://reader:sekret99@h/db"


@pytest.mark.parametrize(
    "arguments",
    [
        ["rollup", "t", "--engine", "host=h password=sekret99 user=reader"],
        ["rollup", "t", "--engine", "postgres:reader:sekret99@h/db"],
        ["rollup", "t", "--engine", "reader:sekret99@h/db"],
        ["rollup", "t", "--engine", "postgress://reader:a/sekret99?@h/db"],
        ["rollup", URL],
        ["rollup", URL + ".csv"],
        ["rollup", "t.csv", "--map", URL],
        ["rollup", "t", URL],
        ["check", URL],
        ["check", "t", "--engine", URL, "--area", URL],
        ["rollup", "t", "--by", URL],
        ["rollup", "t", "--area", URL],
        ["rollup", "t", "--indicator=x", f"--{URL}"],
    ],
)
def test_no_message_has_a_password_wherever_it_was_written(arguments):
    done = subprocess.run(
        [BIN / "sonla", *arguments], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "sekret99" not in done.stderr + done.stdout


def test_a_socket_is_not_looked_for_at_a_port():
    pytest.importorskip("psycopg")
    for url in ("postgres:///d?host=/none", "postgres://%2Fnone/d", "postgres://u@/d?host=/none"):
        with pytest.raises(SonlaError) as caught:
            connect(url)
        assert "/none" in caught.value.problems[0].values["why"]
