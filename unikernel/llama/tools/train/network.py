"""The network in PyTorch, as the engine computes it (unikernel/llama/engine), and its export."""
import struct

import torch
from torch import nn
from torch.nn import functional as F


class Norm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


def turned(x, cosines, sines):
    """Each pair of neighbours (2i, 2i + 1) of a head turned by the angle of its position."""
    even, odd = x[..., 0::2], x[..., 1::2]
    pairs = (even * cosines - odd * sines, even * sines + odd * cosines)
    return torch.stack(pairs, -1).flatten(-2)


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        dim, kv_dim = shape["dim"], shape["dim"] * shape["kv_heads"] // shape["heads"]
        self.heads, self.kv_heads = shape["heads"], shape["kv_heads"]
        self.attention_norm, self.ffn_norm = Norm(dim), Norm(dim)
        self.wq, self.wo = nn.Linear(dim, dim, bias=False), nn.Linear(dim, dim, bias=False)
        self.wk, self.wv = nn.Linear(dim, kv_dim, bias=False), nn.Linear(dim, kv_dim, bias=False)
        self.w1 = nn.Linear(dim, shape["hidden_dim"], bias=False)
        self.w2 = nn.Linear(shape["hidden_dim"], dim, bias=False)
        self.w3 = nn.Linear(dim, shape["hidden_dim"], bias=False)

    def forward(self, x, cosines, sines, mask):
        n, length, dim = x.shape
        size = dim // self.heads
        y = self.attention_norm(x)

        def split(z, heads):
            return z.view(n, length, heads, size).transpose(1, 2)

        q = turned(split(self.wq(y), self.heads), cosines, sines)
        k = turned(split(self.wk(y), self.kv_heads), cosines, sines)
        v = split(self.wv(y), self.kv_heads)
        k = k.repeat_interleave(self.heads // self.kv_heads, 1)
        v = v.repeat_interleave(self.heads // self.kv_heads, 1)
        scores = torch.softmax((q / size**0.5) @ k.transpose(2, 3) + mask, -1)
        x = x + self.wo((scores @ v).transpose(1, 2).reshape(n, length, dim))
        y = self.ffn_norm(x)
        return x + self.w2(F.silu(self.w1(y)) * self.w3(y))


class Network(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape["vocab"], shape["dim"])
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape["layers"]))
        self.final_norm = Norm(shape["dim"])
        size, length = shape["dim"] // shape["heads"], shape["seq_len"]
        frequencies = 10000.0 ** (-torch.arange(0, size, 2).float() / size)
        angles = torch.outer(torch.arange(length).float(), frequencies)
        self.register_buffer("cosines", angles.cos())
        self.register_buffer("sines", angles.sin())
        self.register_buffer("mask", torch.full((length, length), float("-inf")).triu(1))
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                # What writes into the sum of all layers starts smaller, the deeper the network.
                last = name.endswith(("wo.weight", "w2.weight"))
                nn.init.normal_(weight, 0, 0.05 / ((2 * shape["layers"])**0.5 if last else 1))

    def forward(self, tokens):
        length = tokens.shape[1]
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, self.cosines[:length], self.sines[:length], self.mask[:length, :length])
        return F.linear(self.final_norm(x), self.embedding.weight)  # classifier = embedding


def tensors(network):
    """All that a checkpoint holds after its header, in its order: parameters and two tables."""
    layers = network.layers
    all_ = [network.embedding.weight]
    all_ += [layer.attention_norm.weight for layer in layers]
    for name in ("wq", "wk", "wv", "wo"):
        all_ += [getattr(layer, name).weight for layer in layers]
    all_ += [layer.ffn_norm.weight for layer in layers]
    for name in ("w1", "w2", "w3"):
        all_ += [getattr(layer, name).weight for layer in layers]
    return all_ + [network.final_norm.weight, network.cosines, network.sines]


FIELDS = ("dim", "hidden_dim", "layers", "heads", "kv_heads", "vocab", "seq_len")


def checkpoint(network):
    """llama2.c's checkpoint version 0 (unikernel/llama/engine/checkpoint.h tells the format)."""
    out = struct.pack("<7i", *(network.shape[field] for field in FIELDS))
    for tensor in tensors(network):
        values = tensor.detach().flatten().tolist()
        out += struct.pack(f"<{len(values)}f", *values)
    return out


@torch.no_grad()
def load_checkpoint(network, data):
    """What checkpoint() wrote, into a network of that shape."""
    at = struct.calcsize("<7i")
    for tensor in tensors(network):
        values = struct.unpack_from(f"<{tensor.numel()}f", data, at)
        tensor.copy_(torch.tensor(values).view(tensor.shape))
        at += 4 * tensor.numel()
