#!/usr/bin/env python3
"""Trains the project's model: makes its stories, its tokenizer and its checkpoint.

    apt-get install --no-install-recommends python3-torch libopenblas0-pthread    nothing else needs it
    python3 train.py --out DIR                                 writes tales.bin, tales.tok, tales.txt

Everything follows from the numbers of recipe.py. The tokenizer comes out the same to the byte on
every machine; weights depend on how PyTorch adds up, so they are the same where its version, the BLAS
library, the processor and the number of threads are. A run can be cut off: it goes on from
DIR/state.pt.
"""
import argparse
import math
import pathlib
import time

import torch
from torch.nn import functional as F

import bpe
import network
import stories
from recipe import (BATCH, LAST_RATE, RATE, SEED, SHAPE, STEPS, STORIES, STORIES_SEED,
                    VALIDATION_SEED, VALIDATION_STORIES, WARM_UP, sample_story, vocabulary)


def rows(texts, encoder, length):
    """Rows of length + 1 tokens. Each begins with a story's beginning, as generation does; what is
    left of the row, the next stories fill."""
    result, row = [], []
    for text in texts:
        row += encoder.encode(text)
        if len(row) > length:
            result.append(row[:length + 1])
            row = []
    return torch.tensor(result)


def loss_of(model, batch):
    logits = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())


def rate_at(step):
    if step < WARM_UP:
        return RATE * (step + 1) / WARM_UP
    done = (step - WARM_UP) / (STEPS - WARM_UP)
    return LAST_RATE + (RATE - LAST_RATE) * (1 + math.cos(math.pi * done)) / 2


@torch.no_grad()
def validate(model, data):
    return sum(loss_of(model, batch).item() * len(batch) for batch in data.split(BATCH)) / len(data)


def train(model, data, validation, state_file):
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.95), weight_decay=0.01)
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(SEED)).tolist()
    first, recent, start = 0, [], time.time()
    if state_file.exists():
        state = torch.load(state_file)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    for step in range(first, STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step)
        picked = [order[(step * BATCH + i) % len(order)] for i in range(BATCH)]
        loss = loss_of(model, data[picked])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        recent = recent[-49:] + [loss.item()]
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}: loss {sum(recent) / len(recent):.4f}, validation "
                  f"{validate(model, validation):.4f}, {time.time() - start:.0f} s", flush=True)
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                        "step": step + 1}, state_file)


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--out", type=pathlib.Path, required=True)
    words.add_argument("--threads", type=int, default=1)
    options = words.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)

    tokens = vocabulary()
    (options.out / "tales.tok").write_bytes(bpe.to_bytes(tokens))
    encoder = bpe.Encoder(tokens)
    data = rows(stories.stories(STORIES_SEED, STORIES), encoder, SHAPE["seq_len"])
    validation = rows(stories.stories(VALIDATION_SEED, VALIDATION_STORIES), encoder,
                      SHAPE["seq_len"])
    model = network.Network(SHAPE)
    print(f"{sum(p.numel() for p in model.parameters())} weights, {len(data)} rows", flush=True)
    train(model, data, validation, options.out / "state.pt")
    (options.out / "tales.bin").write_bytes(network.checkpoint(model))

    # A story with its loss: what the engine must agree with.
    text = sample_story()
    numbers = encoder.encode(text)
    loss = loss_of(model, torch.tensor([numbers])).item()
    (options.out / "tales.txt").write_text(text + "\n")
    print(f"validation {validate(model, validation):.4f}; tales.txt: {len(numbers)} tokens, "
          f"loss {loss:.5f}")


if __name__ == "__main__":
    main()
