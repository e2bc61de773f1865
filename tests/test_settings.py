from __future__ import annotations

from pathlib import Path

import pytest

from streams.settings import Settings, SettingsError, load


def test_flags_win_over_environment_over_file_over_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('group = "from-file"\nchildren = 3\nwindow = 7\n')
    found = load({"group": "from-flag"}, {"STREAMS_CHILDREN": "4", "STREAMS_GROUP": "from-env"}, file)
    assert (found.group, found.children, found.window) == ("from-flag", 4, 7)
    assert found.send_deadline == Settings().send_deadline


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load({"group": None}).group == Settings().group


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "g").write_text("secret-group\n")
    assert load({}, {"STREAMS_GROUP_FILE": str(tmp_path / "g")}).group == "secret-group"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"STREAMS_CHILDS": "1"}, "did you mean children"),
        ({"STREAMS_CHILDREN": "none"}, "children in the environment"),
        ({"STREAMS_CHILDREN": "0"}, "children in the environment"),
        ({"STREAMS_AGENTS": "clean,cook"}, "cook"),
        ({"STREAMS_LOG_LEVEL": "loud"}, "log_level"),
        ({"STREAMS_REJECT_LIMIT": "2"}, "reject_limit"),
        ({"STREAMS_GROUP_FILE": "/nowhere"}, "cannot read"),
    ],
)
def test_a_wrong_setting_is_named_with_its_source(environment: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load({}, environment)


def test_other_programs_variables_are_left_alone() -> None:
    assert load({}, {"STREAM_X": "1", "STREAMS_CONFIG_DIR": "/x", "PATH": "y"}) == Settings()
