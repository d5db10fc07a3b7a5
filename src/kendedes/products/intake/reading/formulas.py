"""The texts of formulas in an xlsx, which the decoder does not tell."""

from __future__ import annotations

import html
import io
import re
import zipfile

_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?><f(?:\s[^>]*)?>([^<]{1,8000})</f>')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def formulas(data: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """Formula texts of an xlsx by sheet name: (row, column, text) from 0. Nothing is ever evaluated."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for sheet, part in _parts(archive, names):
            xml = archive.read(part)
            if b"</f>" in xml:
                found[sheet] = [
                    (int(row) - 1, _column(column), "=" + html.unescape(text.decode("utf-8", "replace")))
                    for column, row, text in _CELL.findall(xml)
                ]
    return found


def _parts(archive: zipfile.ZipFile, names: set[str]) -> list[tuple[str, str]]:
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return []
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        given = dict(_ATTRIBUTE.findall(tag))
        relations[given.get("Id", "")] = given.get("Target", "")
    result = []
    for tag in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace")):
        given = dict(_ATTRIBUTE.findall(tag))
        target = relations.get(given.get("r:id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else "xl/" + target
        if part in names:
            result.append((html.unescape(given.get("name", "")), part))
    return result


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
