"""What bash is told, where Click's own script does not do: names with spaces, `--option=`, ids with colons.

Bash ends a word at `=` and `:` and puts what it is given in the place of what comes after; so it is given the rest
alone, written as a shell reads it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

if TYPE_CHECKING:
    from typing import Any

#: stands where the cursor is, so that an empty word is one too
_CURSOR = "x"

_SCRIPT = """\
%(complete_func)s() {
    local type value word=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                [[ $value == *[=:] ]] && compopt -o nospace
                [[ $word == [\\"\\']* ]] || printf -v value %%q "$value"
                COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="$2" %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Completion in bash, from the line up to the cursor."""

    source_template = _SCRIPT
    #: the word at the cursor as the shell would pass it on
    typed = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one at it."""
        line = os.environ.get("COMP_LINE")
        if line is None:
            return super().get_completion_args()
        words = split_arg_string(line + _CURSOR)
        while words and "=" in words[0]:
            # variables set for the command alone
            del words[0]
        *before, last = words[1:] or [_CURSOR]
        self.typed = last.removesuffix(_CURSOR)
        return before, self.typed

    def get_completions(self, args: Sequence[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return what is offered, without what bash keeps of the word."""
        found = super().get_completions(list(args), incomplete)
        [replaced] = split_arg_string(os.environ.get("COMP_WORD", self.typed)) or [""]
        kept = self.typed.removesuffix(replaced)
        option, equals, _value = self.typed.partition("=")
        start = option + equals if equals and option.startswith("-") else ""
        for item in found:
            if item.type == "plain":
                item.value = f"{start}{item.value}".removeprefix(kept)
        return found


def register() -> None:
    """Make Click use what stands here."""
    add_completion_class(Bash)
