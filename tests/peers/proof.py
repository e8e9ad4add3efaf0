"""Holds records against manifests by the words of docs/proof.md alone: no code of weir's, Python's own library and openssl.

Standard input is JSON: the public key's file, envelopes, and records with base64 in them; or of a file its name and its
lines with their ends, in base64. The last line says how many records are what was written."""

import base64, hashlib, json, os, struct, subprocess, sys, tempfile


def maybe(value):
    if value is None:
        return b"\0"
    value = base64.b64decode(value)
    return b"\1" + struct.pack(">Q", len(value)) + value


def whole(text):
    return struct.pack(">Q", len(text.encode())) + text.encode()


def signed(key, payload_type, payload, signature):
    message = b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(payload), payload)
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("message", "signature")]
        for path, content in zip(paths, (message, signature)):
            with open(path, "wb") as out:
                out.write(content)
        ran = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", paths[0], "-sigfile", paths[1]],
            capture_output=True,
        )
        return ran.returncode == 0


asked = json.load(sys.stdin)
batches, chains, links = {}, {}, {}
for envelope in map(json.loads, asked["manifests"]):
    payload = base64.b64decode(envelope["payload"])
    signature = base64.b64decode(envelope["signatures"][0]["sig"])
    if not signed(asked["key"], envelope["payloadType"], payload, signature):
        sys.exit("a signature does not hold")
    manifest = json.loads(payload)
    leaves = batches[manifest["batch"]] = base64.b64decode(manifest["leaves"])
    chains.setdefault(manifest["chain"], []).append((manifest["seq"], manifest["topic"], leaves))
    links.setdefault(manifest["chain"], {})[manifest["seq"]] = (manifest["previous"], hashlib.sha256(payload).hexdigest(), manifest["end"])

for name, chain in links.items():
    before = None
    for seq in range(len(chain)):
        if chain[seq][0] != before:
            sys.exit(f"the chain {name} is broken at {seq}")
        before = chain[seq][1]
    if not chain[len(chain) - 1][2]:
        sys.exit(f"{name} has no end")

if "file" in asked:
    ((chain, of),) = chains.items()
    leaves = b"".join(leaves for _, name, leaves in sorted(of) if name == asked["file"])
    head = b"weir/proof/1\0" + bytes.fromhex(chain) + struct.pack(">Ii", 0, 0) + whole(asked["file"]) + maybe(None)
    texts = [head + maybe(piece) + struct.pack(">I", 0) for piece in asked["pieces"]]
    hashed = [hashlib.sha256(text).digest()[:16] for text in texts]
    written = [leaves[at : at + 16] for at in range(0, len(leaves), 16)]
    print(f"proven: {sum(a == b for a, b in zip(hashed, written))} of {max(len(hashed), len(written))}")
    sys.exit()

proven, seen = 0, set()
for record in asked["records"]:
    name = dict((name, value) for name, value in record["headers"])["weir-batch"]
    batch, number = base64.b64decode(name).decode().split("/")
    others = [(name, value) for name, value in record["headers"] if name != "weir-batch"]
    text = b"weir/proof/1\0" + bytes.fromhex(batch) + struct.pack(">Ii", int(number), record["partition"])
    text += whole(record["topic"]) + maybe(record["key"]) + maybe(record["value"]) + struct.pack(">I", len(others))
    for name, value in others:
        text += whole(name) + maybe(value)
    at = int(number) * 16
    if batches[batch][at : at + 16] == hashlib.sha256(text).digest()[:16] and (batch, number) not in seen:
        proven += 1
        seen.add((batch, number))
print(f"proven: {proven} of {len(asked['records'])}, leaves: {sum(map(len, batches.values())) // 16}")
