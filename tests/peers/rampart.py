"""What onnxruntime and Hugging Face's tokenizers say with the same model: the expectations of
crates/weir-transformer/tests/rampart.rs.

usage: rampart.py FOLDER < TEXTS > EXPECTED

FOLDER is the folder of the wheel with config.json, tokenizer.json and onnx/model_q4.onnx; TEXTS has a text a
line. EXPECTED has a line for each text, then one for each word that is something with a chance from 0.02:
start, end (code points), kind, whether something begins there, chance.
"""

import json
import sys
from pathlib import Path

import numpy
import onnxruntime
from tokenizers import Tokenizer

LEAST = 0.02


def main():
    folder = Path(sys.argv[1])
    labels = {int(n): label for n, label in json.loads((folder / "config.json").read_text())["id2label"].items()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    network = onnxruntime.InferenceSession(str(folder / "onnx/model_q4.onnx"))
    kinds = [labels[n][2:] for n in range(1, len(labels), 2)]
    for text in sys.stdin.read().split("\n"):
        if not text:
            continue
        print(f"= {text}")
        found = tokenizer.encode(text)
        feed = {
            "input_ids": numpy.array([found.ids], dtype=numpy.int64),
            "attention_mask": numpy.ones((1, len(found.ids)), dtype=numpy.int64),
            "token_type_ids": numpy.zeros((1, len(found.ids)), dtype=numpy.int64),
        }
        scores = network.run(None, feed)[0][0].astype(numpy.float64)
        chances = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        words = {}
        for at, word in enumerate(found.word_ids):
            if word is not None:
                words.setdefault(word, []).append(at)
        for pieces in words.values():
            start, end = found.offsets[pieces[0]][0], found.offsets[pieces[-1]][1]
            rows = chances[pieces]
            something = (1 - rows[:, 0]).max()
            sums = [rows[:, 2 * n + 1].sum() + rows[:, 2 * n + 2].sum() for n in range(len(kinds))]
            begins = rows[0, 1::2].sum() > (1 - rows[0, 0]) / 2
            if something >= LEAST:
                print(f"{start} {end} {kinds[int(numpy.argmax(sums))]} {int(begins)} {something:.4f}")


main()
