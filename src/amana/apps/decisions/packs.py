"""Reads policy packs from disk and hands them to `core.policy` as mappings; knows where the shipped ones
are.

Reading is strict: plain YAML values only, no key written twice, keys are text, dates stay the text that was
written, and only `true` and `false` are booleans. Whatever can't be read becomes a `Fault` with file and
line. A pack is built once per content: change a byte of it, or of a pack it extends, and it is built anew.
The folders `intake`, `forms` and `letters` hold no law and are read elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from amana.apps.decisions.unreadable import heading_fault, yaml_fault
from amana.core.errors import AmanaError, Fault, PackFaults
from amana.core.policy import Pack, build_pack

SHIPPED = Path(__file__).resolve().parents[2] / "packs"
NOT_LAW = frozenset({"intake", "forms", "letters", "glossary.csv"})
"""What may lie in a pack beside law: it changes no answer, so it isn't read here and isn't in the hash."""

LAW = frozenset({".yaml", ".csv"})
MISTAKEN = frozenset({".yaml", ".yml", ".csv", ".tsv", ".json", ".toml", ".xls", ".xlsx", ".ods"})
"""Endings that look like law; a file of one that isn't read is a fault, not silence."""

_built: dict[str, Pack] = {}
_extends: dict[str, list[str]] = {}
"""What a pack extends, by the digest of its files, so that a pack that was read is known without reading."""


class NoSuchPack(AmanaError):
    """No pack of that name is shipped, and no folder of that path holds one."""


class NoSuchDecision(AmanaError):
    """The pack takes no such decision."""


class _StrictLoader(yaml.SafeLoader):
    """YAML without surprises: `2018-01-15`, `no` and `1:30` stay text; a repeated key, anchors, aliases and
    tags are refused.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        problem = ""
        if isinstance(event, yaml.AliasEvent):
            problem = "an alias (*name) stands where a value is needed; write the value"
        elif getattr(event, "anchor", None) is not None:
            problem = "an anchor (&name, for an alias) stands before a value; write the value alone"
        elif getattr(event, "tag", None) is not None:
            problem = "a tag (!name) stands before a value; write the value alone"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} must be text; quote it", problem_mark=key_node.start_mark
                )
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key “{key}” is written twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith((":timestamp", ":bool", ":int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
)


def shipped_packs() -> list[str]:
    """Names of the packs that come with this installation, sorted."""
    return sorted(folder.name for folder in SHIPPED.iterdir() if (folder / "pack.yaml").is_file())


def pack_folder(name_or_path: str | Path, beside: Path | None = None) -> Path:
    """The folder of a pack: a shipped name, or a path. What a pack extends is looked for `beside` it first.

    The name of a shipped pack never means a folder of the working directory; write `./name` for that.
    Raises `NoSuchPack`, which names the shipped ones.
    """
    asked = Path(name_or_path)
    if asked.name == "pack.yaml":
        asked = asked.parent
    named = SHIPPED / asked.name if str(name_or_path) == asked.name else asked
    for folder in (named, asked) if beside is None else (beside / asked, named):
        if (folder / "pack.yaml").is_file():
            return folder.resolve()
    raise NoSuchPack(
        f"{name_or_path}: no pack there (a pack is a folder with a pack.yaml). "
        f"Give a folder, or one of the shipped packs: {', '.join(shipped_packs())}."
    )


def read_pack_files(path: str | Path) -> Mapping[str, Any]:
    """Every YAML and CSV file of a pack, parsed, by its path within the folder.

    A CSV file becomes a list of rows (heading -> text). Raises `PackFaults` with one fault for each
    unreadable file.
    """
    folder = pack_folder(path)
    files: dict[str, Any] = {}
    faults: list[Fault] = []
    for file in _law_files(folder):
        name, text = file.relative_to(folder).as_posix(), ""
        try:
            if file.suffix not in LAW or not file.is_file():
                mend = "Write rules as .yaml and tables as .csv, or take it out."
                faults.append(Fault(name, "file", "This is no file that a pack reads.", mend))
                continue
            text = file.read_text(encoding="utf-8-sig")
            files[name] = _read_rows(text, name, faults) if file.suffix == ".csv" else _read_yaml(text)
        except UnicodeDecodeError as error:
            faults.append(Fault(name, f"byte {error.start}", "The file is not UTF-8.", "Save it as UTF-8."))
        except yaml.YAMLError as error:
            faults.append(yaml_fault(name, error, text))
        except RecursionError:
            faults.append(
                Fault(name, "file", "Values are nested too deep.", "Write them one below the other.")
            )
        except (OSError, csv.Error) as error:
            reason = f"The file can't be read: {getattr(error, 'strerror', None) or error}."
            faults.append(Fault(name, "file", reason, "Save it anew as a plain UTF-8 file."))
    if faults:
        raise PackFaults(folder.name, faults)
    return files


def find_pack(name_or_path: str | Path) -> Pack:
    """The pack of that shipped name or folder, with those it extends. Raises `NoSuchPack`, or `PackFaults`
    with all faults.
    """
    pack, _ = _find(pack_folder(name_or_path), ())
    return pack


def decision_of(pack: Pack, asked: str | None = None) -> str:
    """The decision to take: the one asked for, or the pack's only one. Raises `NoSuchDecision`, naming what
    there is.
    """
    if asked in pack.decisions:
        return str(asked)
    if asked is None and len(pack.decisions) == 1:
        return next(iter(pack.decisions))
    known = ", ".join(pack.decisions) or "none"
    raise NoSuchDecision(f"The pack {pack.id} has these decisions: {known}. Name one of them.")


def _find(folder: Path, inside: tuple[Path, ...]) -> tuple[Pack, str]:
    """The pack in `folder` and the digest of all it was built from; `inside` are the packs that extend it."""
    if folder in inside:
        fault = Fault(
            "pack.yaml", folder.name, "The pack extends itself.", "Take one of the two out of `extends`."
        )
        raise PackFaults(folder.name, [fault])
    own, files = _digest(folder), None
    if own not in _extends:
        files = read_pack_files(folder)
        own = _digest(folder)
        _extends[own] = _names_extended(files)
    parents = [_find(beneath, (*inside, folder)) for beneath in _folders(folder, _extends[own])]
    digest = hashlib.sha256("\0".join([own, *(of for _, of in parents)]).encode()).hexdigest()
    if digest not in _built:
        _built[digest] = build_pack(files or read_pack_files(folder), [parent for parent, _ in parents])
    return _built[digest], digest


def extended_folders(folder: Path, files: Mapping[str, Any]) -> list[Path]:
    """The folders of the packs that the pack of these files extends. Raises `PackFaults`."""
    return _folders(folder, _names_extended(files))


def _names_extended(files: Mapping[str, Any]) -> list[str]:
    named = files["pack.yaml"].get("extends") if isinstance(files["pack.yaml"], dict) else ()
    # Anything else is a fault, which build_pack tells, unless there is none.
    return [str(name) for name in named] if isinstance(named, list) else []


def _folders(folder: Path, names: list[str]) -> list[Path]:
    return [_extended(folder, name) for name in names]


def _extended(folder: Path, name: str) -> Path:
    try:
        return pack_folder(name, beside=folder.parent)
    except NoSuchPack as error:
        reason = f"It extends “{name}”, which is neither beside it nor shipped."
        raise PackFaults(
            folder.name, [Fault("pack.yaml", "extends", reason, f"Use one of: {', '.join(shipped_packs())}.")]
        ) from error


def _law_files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder)
        looks_read = file.suffix in LAW or (file.is_file() and file.suffix.lower() in MISTAKEN)
        if looks_read and inner.parts[0] not in NOT_LAW:
            yield file


def _digest(folder: Path) -> str:
    """Of the names and contents of its law files; one that can't be read is told from an empty one."""
    digest = hashlib.sha256(folder.name.encode())
    for file in _law_files(folder):
        try:
            content = file.read_bytes()
            told = f"\0{file.relative_to(folder).as_posix()}\0{len(content)}\0"
        except OSError:
            content, told = b"", f"\0{file.relative_to(folder).as_posix()}\0unread\0"
        digest.update(told.encode())
        digest.update(content)
    return digest.hexdigest()


def _read_yaml(text: str) -> Any:
    loader = _StrictLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _read_rows(text: str, name: str, faults: list[Fault]) -> list[dict[str, str]]:
    """The rows of a table by heading; a row that is longer or shorter than the headings is a fault."""
    lines = csv.reader(io.StringIO(text))
    headings = [heading.strip() for heading in next(lines, [])]
    if badly_separated := heading_fault(name, headings):
        faults.append(badly_separated)
        return []
    for heading in sorted({heading for heading in headings if headings.count(heading) > 1}):
        faults.append(
            Fault(name, "line 1", f"The heading “{heading}” stands twice.", "Keep one column of that name.")
        )
    rows = []
    for cells in lines:
        if cells and len(cells) != len(headings):
            reason = f"The row has {len(cells)} cells, the headings are {len(headings)}."
            mend = "Quote a cell that holds a comma, and keep the commas of empty cells."
            faults.append(Fault(name, f"line {lines.line_num}", reason, mend))
        elif cells:
            rows.append(dict(zip(headings, (cell.strip() for cell in cells), strict=True)))
    return rows
