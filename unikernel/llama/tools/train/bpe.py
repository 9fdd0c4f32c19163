"""Byte-pair tokens: a vocabulary learnt from texts, and llama2.c's tokenizer.bin written and used.

The vocabulary: <unk>, <s>, </s>, the 256 bytes, every character of the texts, then merges, the most
frequent pair first. Words merge with the space before them and never across a word's end, so that
merging a whole text by score, as readers of the file do, gives the same tokens as merging word by
word. unikernel/llama/engine/tokenizer.h tells the file's format.
"""
import collections
import re
import struct

BEGIN = 1
FIRST_BYTE = 3
WORD = re.compile(r" ?[A-Za-z]+| ?[^A-Za-z ]| ")


def learn(texts, size):
    """The `size` tokens of a vocabulary, as (text, score)."""
    words = collections.Counter(word for text in texts for word in WORD.findall(" " + text))
    pieces = {word: tuple(word) for word in words}
    tokens = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0)]
    tokens += [(f"<0x{byte:02X}>", 0.0) for byte in range(256)]
    merges = size - len(tokens) - len({c for word in words for c in word})
    assert merges >= 0, "the vocabulary is too small for the characters of the texts"
    learnt = []
    while len(learnt) < merges:
        pairs = collections.Counter()
        for word, count in words.items():
            for pair in zip(pieces[word], pieces[word][1:]):
                pairs[pair] += count
        if not pairs:
            raise SystemExit("the texts have too few words for so many tokens")
        # Of equally frequent ones the first in the alphabet: the same file on every machine.
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        learnt.append("".join(best))
        for word, parts in pieces.items():
            pieces[word] = merged(parts, best)
    tokens += [(text, -float(rank)) for rank, text in enumerate(learnt)]
    characters = sorted({c for word in words for c in word})
    return tokens + [(c, -float(merges + rank)) for rank, c in enumerate(characters)]


def merged(parts, pair):
    """The parts of a word, with every neighbouring `pair` made one."""
    result, at = [], 0
    while at < len(parts):
        both = parts[at:at + 2] == pair
        result.append("".join(pair) if both else parts[at])
        at += 2 if both else 1
    return tuple(result)


class Encoder:
    """Texts to tokens, word by word."""

    def __init__(self, tokens):
        self.score = {text: score for text, score in tokens[FIRST_BYTE + 256:]}
        self.number = {text: n for n, (text, _) in enumerate(tokens) if n >= FIRST_BYTE + 256}
        self.known = {}

    def word(self, word):
        parts = tuple(word)
        while True:
            pairs = [p for p in zip(parts, parts[1:]) if "".join(p) in self.score]
            if not pairs:
                return [self.number[part] for part in parts]
            parts = merged(parts, max(pairs, key=lambda p: self.score["".join(p)]))

    def encode(self, text):
        """BEGIN, then the tokens of a space and the text."""
        numbers = [BEGIN]
        for word in WORD.findall(" " + text):
            if word not in self.known:
                self.known[word] = self.word(word)
            numbers += self.known[word]
        return numbers


def to_bytes(tokens):
    """tokenizer.bin."""
    texts = [text.encode() for text, _ in tokens]
    out = struct.pack("<i", max(map(len, texts)))
    for (_, score), text in zip(tokens, texts):
        out += struct.pack("<fi", score, len(text)) + text
    return out


def from_bytes(data):
    """What to_bytes() wrote."""
    tokens, at = [], 4
    while at < len(data):
        score, length = struct.unpack_from("<fi", data, at)
        tokens.append((data[at + 8:at + 8 + length].decode(), score))
        at += 8 + length
    return tokens
