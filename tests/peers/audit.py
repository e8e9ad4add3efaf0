"""Verifies an audit and its checkpoints by the words of docs/audit.md alone: no code of weir's, Python's own library and
openssl.

Arguments: the audit's file, the public key in PEM, the folder of a witness. The last line says what there is."""

import base64, glob, hashlib, json, os, re, subprocess, sys, tempfile

path, key, witness = sys.argv[1:4]


def signed(message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("message", "signature")]
        for name, content in zip(paths, (message, signature)):
            with open(name, "wb") as out:
                out.write(content)
        ran = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", paths[0], "-sigfile", paths[1]],
            capture_output=True,
        )
        return ran.returncode == 0


def root(leaves):
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


der = subprocess.run(["openssl", "pkey", "-pubin", "-in", key, "-outform", "DER"], capture_output=True, check=True).stdout
public = der[-32:]
origin = "weir-audit/" + hashlib.sha256(public).hexdigest()[:16]
note_key = hashlib.sha256(origin.encode() + b"\n\1" + public).digest()[:4]

files = sorted(name for name in glob.glob(path + ".*") if re.fullmatch(re.escape(path) + r"\.\d{12}", name))
files += [path] if os.path.exists(path) else []
if not files:
    sys.exit("there is no audit")

head, leaves = "", []
for name in files:
    for text in open(name, encoding="utf-8").read().split("\n")[:-1]:
        try:
            line = json.loads(text)
        except ValueError:
            sys.exit(f"{name}: no line of an audit")
        # The hash is of the line as it stands, with nothing in the last two places.
        bare = re.sub(r'"hash":"[^"]*","sig":"[^"]*"}$', '"hash":"","sig":""}', text)
        if hashlib.sha256(bare.encode()).hexdigest() != line["hash"]:
            sys.exit(f"{name}: line {line['seq']} is not what was written")
        if line["prev"] != head or line["seq"] != len(leaves) + 1:
            sys.exit(f"{name}: line {line['seq']} does not follow")
        if not signed(f"weir-audit/1\n{line['hash']}".encode(), base64.b64decode(line["sig"])):
            sys.exit(f"{name}: line {line['seq']} is not signed")
        head = line["hash"]
        leaves.append(bytes.fromhex(head))

checkpoints = 0
seen = {}
lines = open(os.path.join(witness, origin.replace("/", "-") + ".checkpoints"), encoding="utf-8").read().split("\n")
for at, text in enumerate(lines):
    if text != origin:
        continue
    size, told, when, empty, signature = lines[at + 1 : at + 6]
    raw = base64.b64decode(signature.split(" ")[2])
    body = f"{origin}\n{size}\n{told}\n{when}\n".encode()
    if empty or not when.startswith("time ") or raw[:4] != note_key or not signed(body, raw[4:]):
        sys.exit("a checkpoint is not signed")
    size = int(size)
    if size > len(leaves):
        sys.exit(f"the witness has seen {size} lines, and there are {len(leaves)}")
    if root(leaves[:size]) != base64.b64decode(told):
        sys.exit(f"the witness has seen other lines before {size}")
    checkpoints += 1

print(f"{len(leaves)} lines, {checkpoints} checkpoints, head {head}")
