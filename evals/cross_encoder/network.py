"""The cross-encoder in torch, to be trained; `policy_qa.retrieval.cross_encoder` runs the same in numpy.

Names of modules are names of tensors in the file that both share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

START, OWN, OFFICIAL, TITLE, BODY, HEAD = SEGMENTS = range(6)
"""As numbered in `policy_qa.retrieval.cross_encoder`."""
NOTHING = -1
OF_A_HEAD = 32
"""Dimensions of a head of attention."""
LONGEST_QUESTION = 65
"""No question has more pieces, with the start and what its words are officially called."""
SPECIAL = 2
"""Pieces beyond those of the table: first the start, then one that is masked."""
_LONGEST_VECTOR = 40.0
_TINY = 1e-6
_ROTATION = 10_000.0
_FORGOTTEN = 0.1
_STEP = 16
"""Lengths are multiples of it: attention on a GPU is quicker so."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions each with a passage, one row a pair: pieces and their segments, shape (n, longest), `NOTHING` at the end."""

    pieces: Tensor
    segments: Tensor

    @classmethod
    def of(cls, parts: Sequence[tuple[Tensor, int]], start: int) -> Pairs:
        """Parts with their segments, one behind the other after `start`; `NOTHING` inside them is left out."""
        first = parts[0][0]
        rows = [(first.new_full((len(first), 1), start), START), *parts]
        pieces = torch.cat([part for part, _ in rows], dim=1)
        segments = torch.cat([torch.full_like(part, segment) for part, segment in rows], dim=1)
        order = (pieces == NOTHING).to(torch.uint8).argsort(dim=1, stable=True)
        longest = int((pieces != NOTHING).sum(dim=1).max())
        kept = order[:, : -(-longest // _STEP) * _STEP]
        return cls(pieces.gather(1, kept), segments.gather(1, kept))


class Network(nn.Module):
    """Layers of attention over the pieces of a pair, `width` wide, `wide` inside; a score from the first place.

    `scale` is how long the vectors of pieces are; `dimensions` and `pieces` say how many there are.
    """

    scale: Tensor

    def __init__(self, layers: int, width: int, wide: int, *, pieces: int, dimensions: int, scale: float) -> None:
        super().__init__()
        self.pieces, self.width = pieces, width
        self.register_buffer("scale", torch.tensor(scale))
        self.inp, self.num = nn.Linear(dimensions, width), nn.Linear(4, width)
        self.seg = nn.Embedding(len(SEGMENTS), width)
        self.special = nn.Parameter(torch.randn(SPECIAL, width) * 0.02)
        self.n0, self.nf = nn.LayerNorm(width), nn.LayerNorm(width)
        self.layers = nn.ModuleList(Layer(width, wide) for _ in range(layers))
        last = nn.Linear(width, 1)
        self.score = nn.Sequential(nn.Linear(width, width), nn.Tanh(), last)
        self.apply(begun)
        nn.init.normal_(self.inp.weight, std=0.09)
        nn.init.normal_(last.weight, std=0.01)

    def forward(self, pairs: Pairs, vectors: Tensor) -> Tensor:
        """What is made of each piece, shape (n, longest, width); `vectors` are those of all pieces."""
        known, vector, said = self._seen(pairs, vectors)
        x = self.inp(vector) + self.seg(pairs.segments) + self.num(said) * known[..., None]
        for at, special in enumerate(self.special):
            x = x + torch.where((pairs.pieces == self.pieces + at)[..., None], special, 0.0)
        x = self.n0(x)
        inside = (pairs.pieces != NOTHING)[:, None, None, :]
        turned = _turned(x.shape[1], x.device)
        for layer in self.layers:
            x = layer(x, inside, turned)
        return cast(Tensor, self.nf(x))

    def scores(self, pairs: Pairs, vectors: Tensor) -> Tensor:
        """How well each passage answers its question, shape (n,)."""
        return cast(Tensor, self.score(self(pairs, vectors)[:, 0])[:, 0].float())

    @torch.no_grad()
    def _seen(self, pairs: Pairs, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Which pieces have a vector, their vectors, and what is said of each: chiefly, what the other side has of it."""
        pieces, segments = pairs.pieces, pairs.segments
        known = (pieces != NOTHING) & (pieces < self.pieces)
        vector = vectors[pieces.clamp(0, self.pieces - 1)] * known[..., None]
        lengths = vector.norm(dim=-1)
        directions = vector / lengths.clamp(min=_TINY)[..., None]
        asking = slice(0, min(LONGEST_QUESTION, pieces.shape[1]))
        asked = known & ((segments == OWN) | (segments == OFFICIAL))
        across = asked[:, asking, None] & (known & (segments > OFFICIAL))[:, None, :]
        near = torch.bmm(directions[:, asking], directions.transpose(1, 2)).masked_fill(~across, 0.0)
        exact = across & (pieces[:, asking, None] == pieces[:, None, :])
        in_body = exact & (segments == BODY)[:, None, :]
        both = [_of_both(table.float(), pieces.shape[1]) for table in (near, exact, in_body)]
        length = lengths.clamp(max=_LONGEST_VECTOR) / self.scale
        said = torch.stack([both[0], both[1], length, both[2]], dim=-1) * known[..., None]
        return known, vector / self.scale, said


class Layer(nn.Module):
    """Attention over a pair, then two linear layers; each adds to what came in."""

    def __init__(self, width: int, wide: int) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.a, self.b = nn.Linear(width, wide), nn.Linear(wide, width)

    def forward(self, x: Tensor, inside: Tensor, turned: tuple[Tensor, Tensor]) -> Tensor:
        """Shapes (n, longest, width), (n, 1, 1, longest), and two of (longest, half a head)."""
        n, longest, width = x.shape
        heads = self.qkv(self.n1(x)).view(n, longest, 3, -1, OF_A_HEAD).permute(2, 0, 3, 1, 4)
        queries, keys = _rotated(heads[0], turned), _rotated(heads[1], turned)
        seen = functional.scaled_dot_product_attention(queries, keys, heads[2], attn_mask=inside)
        x = x + self._forgetting(self.o(seen.transpose(1, 2).reshape(n, longest, width)))
        return x + self._forgetting(self.b(functional.relu(self.a(self.n2(x)))))

    def _forgetting(self, x: Tensor) -> Tensor:
        return functional.dropout(x, _FORGOTTEN, self.training)


class Guess(nn.Module):
    """Which piece stands where one is masked, from what the network made of it; needed for training only."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.out = nn.Linear(network.width, network.inp.in_features)
        self.bias = nn.Parameter(torch.zeros(network.pieces))
        self.scale = float(network.scale)
        self.apply(begun)

    def forward(self, x: Tensor, vectors: Tensor) -> Tensor:
        """Shape (n, pieces), from (n, width) and the vectors of all pieces."""
        return cast(Tensor, self.out(x) @ (vectors / self.scale).T + self.bias)


def begun(module: nn.Module) -> None:
    """Small weights, drawn by lot, in what is linear."""
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.02)
        nn.init.zeros_(module.bias)


def _of_both(table: Tensor, longest: int) -> Tensor:
    """From (n, question, pair) the highest of each piece, shape (n, longest); a piece is of one side only."""
    ofq = table.amax(dim=2)
    return table.amax(dim=1) + functional.pad(ofq, (0, longest - ofq.shape[1]))


def _turned(longest: int, device: torch.device) -> tuple[Tensor, Tensor]:
    half = OF_A_HEAD // 2
    speeds = _ROTATION ** (-torch.arange(half, device=device) / half)
    angles = torch.arange(longest, device=device)[:, None] * speeds
    return angles.cos(), angles.sin()


def _rotated(x: Tensor, turned: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = (part.to(x.dtype) for part in turned)
    left, right = x.chunk(2, dim=-1)
    return torch.cat([left * cosine - right * sine, left * sine + right * cosine], dim=-1)
