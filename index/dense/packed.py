"""Linear layers whose weights are laid out for the processor once, and not at every call.

torch does the same when it compiles a model, which takes a C++ compiler and half a minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

# Rows for which the layout is chosen. Any number of rows may be given.
_ROWS = 2048


def pack_linear_layers(model: torch.nn.Module) -> None:
    """Replace the linear layers of a bfloat16 model on the processor by packed ones, which compute
    the same. The model cannot be trained or saved afterwards.

    On two cores a question of 15 word pieces takes 7.1 ms for 8.8, and passages are encoded 5%
    faster. float32 gains nothing.
    """
    import torch

    operations = torch.ops.mkldnn
    if not hasattr(operations, "_linear_pointwise"):  # torch was built without oneDNN
        return

    class Packed(torch.nn.Module):
        def __init__(self, layer: torch.nn.Linear) -> None:
            super().__init__()
            # torch is pinned exactly, and what it compiles models to has no public name.
            pack = operations._reorder_linear_weight  # noqa: SLF001
            self._weight = pack(layer.weight.detach(), _ROWS)
            self._bias = None if layer.bias is None else layer.bias.detach()

        def forward(self, rows: torch.Tensor) -> torch.Tensor:
            multiply = operations._linear_pointwise  # noqa: SLF001
            product: torch.Tensor = multiply(rows, self._weight, self._bias, "none", [], "")
            return product

    for module in list(model.modules()):
        for name, layer in module.named_children():
            if type(layer) is torch.nn.Linear and layer.weight.dtype == torch.bfloat16:
                setattr(module, name, Packed(layer))
