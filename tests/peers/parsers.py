"""Reads records before and after cleaning by parsers that share no code with weir's: JSON Lines on standard input,
{"name", "format", "before", "after"}; each that does not parse, or is changed where no rule is, is a line on standard
output. The last line says how many were read of each format."""

import csv
import io
import json
import sys
from collections import Counter

import hl7
import pyx12.x12file
from fhir.resources.R4B import get_fhir_model_class
from lxml import etree


def read_hl7(before, after):
    """Same segments with as many fields; types, codes and units as they were."""

    def fields(text):
        out = []
        # Frames of MLLP are of the wire.
        text = "\r".join(line for line in text.replace("\x0b", "").replace("\x1c", "").split("\r") if line)
        for message in hl7.split_file(text) if text.startswith(("FHS", "BHS")) else [text]:
            for segment in hl7.parse(message):
                out.append([str(field) for field in segment])
        return out

    kept = {"OBX": [2, 3, 6], "DG1": [3], "PR1": [3], "MSH": [9, 11, 12], "PV1": [2]}
    old, new = fields(before), fields(after)
    if [(s[0], len(s)) for s in old] != [(s[0], len(s)) for s in new]:
        return "segments"
    for one, other in zip(old, new):
        for at in kept.get(one[0], []):
            if at < len(one) and one[at].split("^")[0] != other[at].split("^")[0]:
                return f"{one[0]}-{at}"
    return None


def read_x12(before, after):
    """Same segments with as many elements, envelopes without an error, codes and amounts as they were."""

    def segments(text):
        reader = pyx12.x12file.X12Reader(io.StringIO(text))
        found = [(s.get_seg_id(), [s.get_value(f"{n:02}") or "" for n in range(1, len(s) + 1)]) for s in reader]
        return found, reader.pop_errors()

    (old, errors), (new, more) = segments(before), segments(after)
    # An element that is emptied keeps its mark, at the end of a segment, too, and a segment its name.
    more = [error for error in more if error[1] not in ("SEG1", "8")]
    if more and not errors:
        return str(more[0])
    if [(name, len(parts)) for name, parts in old] != [(name, len(parts)) for name, parts in new]:
        return "segments"
    kept = ("HL", "HI", "SV1", "SV2", "SV3", "SVC", "CAS", "AMT", "QTY", "EB", "ST", "SE", "GE", "IEA", "CL1", "HD")
    for (name, one), (_, other) in zip(old, new):
        # A date among the codes, and text beside a code.
        if name == "HI" and any(":D8:" in part or ":RD8:" in part for part in one):
            continue
        if name in kept and one != other:
            return name
    return None


# Elements of FHIR that a rule may change, wherever they stand.
CHANGED = set(
    """id reference fullUrl family given text value line city district postalCode birthDate deceasedDateTime div
    valueString data display title description authorString time start end effectiveDateTime issued authoredOn authored
    recordedDate date valueDateTime valueDate valueDecimal name conclusion creation alias""".split()
)


def unlabel(old, new):
    """Takes out what weir says in the metadata of a resource: that it changed it. It stands in front of other labels."""
    if isinstance(new, list):
        for one, other in zip(old, new):
            unlabel(one, other)
    if not isinstance(new, dict):
        return
    for key, value in new.items():
        if key in old:
            unlabel(old[key], value)
    labels = new.get("meta", {}).get("security", []) if "resourceType" in new else []
    if labels and labels[0].get("code") in ("PSEUDED", "REDACTED"):
        del labels[0]
        for name, holder in (("security", new["meta"]), ("meta", new)):
            if not holder[name]:
                del holder[name]


def read_fhir(before, after):
    """Valid by the models of R4B; what is left is changed only where a rule may, and nothing is new."""
    old, new = json.loads(before), json.loads(after)
    get_fhir_model_class(new["resourceType"]).model_validate(new)
    unlabel(old, new)

    def walk(one, other, name):
        if isinstance(one, dict):
            if not isinstance(other, dict):
                return name
            for key in other:
                if key not in one and key[0] != "_" and key != "extension":
                    return f"{name}.{key} is new"
            for key, value in one.items():
                if key in other:
                    if found := walk(value, other[key], key):
                        return found
            return None
        if isinstance(one, list):
            if len(one) != len(other):
                return f"{name}: {len(one)} and {len(other)}"
            return next((found for pair in zip(one, other) if (found := walk(*pair, name))), None)
        return None if one == other or name in CHANGED else name

    return walk(old, new, new["resourceType"])


def read_cda(before, after):
    """Well-formed; elements in their order, but for those that are gone; codes and types as they were."""
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    old, new = (etree.fromstring(text.encode(), parser) for text in (before, after))
    left = iter(old.iter())
    changed = {"extension", "root", "value", "nullFlavor", "assigningAuthorityName", "displayName", "href", "title"}
    for element in new.iter():
        other = next((one for one in left if one.tag == element.tag), None)
        if other is None:
            return f"{element.tag} is new"
        for key in element.attrib:
            name = etree.QName(key).localname
            if name not in changed and element.get(key) != other.get(key):
                return f"{etree.QName(element).localname}/@{name}"
    return None


def read_csv(before, after):
    """As many lines of as many columns."""

    def shape(text):
        mark = next((c for c in text.split("\n")[0] if c in ",;\t"), ",")
        return [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)]

    return None if shape(before) == shape(after) else "columns"


READERS = {"hl7v2": read_hl7, "x12": read_x12, "fhir": read_fhir, "cda": read_cda, "csv": read_csv}


def main():
    counts = Counter()
    for line in sys.stdin:
        record = json.loads(line)
        try:
            found = READERS[record["format"]](record["before"], record["after"])
        except Exception as why:  # Whatever a parser says of a record is a finding.
            found = f"{type(why).__name__}: {why}"
        counts[record["format"]] += 1
        if found:
            print(f"{record['name']}: {found}")
    print("read: " + ", ".join(f"{n} of {name}" for name, n in sorted(counts.items())))


main()
